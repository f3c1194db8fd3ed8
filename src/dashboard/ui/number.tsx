import { type Delta, exact, short } from '../format.ts';
import { ui as words } from '../words/ui.ts';
import { Icon } from './icon.tsx';

/** 71.3k, with 71,304 on hover and for screen readers. */
export function Count({ of }: { of: number }) {
  const brief = short(of);
  const whole = exact(of);
  if (brief === whole) return <span class="num">{whole}</span>;
  return (
    <span class="num" title={whole}>
      <span aria-hidden="true">{brief}</span>
      <span class="sr">{whole}</span>
    </span>
  );
}

/** A triangle and 12 % in green or red: sign, arrow and colour say the same thing. */
export function Change({ delta, more }: { delta: Delta | null; more?: string }) {
  if (!delta) return <span class="change">{more ?? '\u00a0'}</span>;
  const look = delta.better === null ? 'change' : delta.better ? 'change good' : 'change bad';
  const arrow = ({ [-1]: 'down', 0: null, 1: 'up' } as const)[delta.way];
  const said = { [-1]: words.down, 0: words.unchanged, 1: words.up }[delta.way];
  return (
    <span class={look}>
      {arrow && <Icon name={arrow} size={9} />}
      <span class="sr">{said} </span>
      {delta.text}
      {more && ` · ${more}`}
    </span>
  );
}
