import type { LiveVisitor } from '../../contract/api.ts';
import { ago } from '../format.ts';
import { country } from '../names.ts';
import { shownAs } from '../site/dimensions.ts';
import { Card } from '../ui/card.tsx';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { live as words } from '../words/live.ts';

interface Props {
  visitors: LiveVisitor[];
  /** All who are here; the feed tells of the latest only. */
  here: number;
  now: number;
  base: string;
  /** Of which visits there is something to watch, in words, where it isn't all that are recorded. */
  held: string | null;
}

/** Those who are here, the latest first; to watch them is one click away. */
export function Who({ visitors, here, now, base, held }: Props) {
  return (
    <Card
      title={words.visitors}
      class="live-card"
      aside={here > visitors.length ? words.latest(visitors.length, here) : undefined}
    >
      {visitors.length === 0 && <p class="list-note">{words.nobodyNow}</p>}
      {held && <p class="list-note">{held}</p>}
      <ul class="live-rows" aria-label={words.visitorsNow}>
        {visitors.map((one) => (
          <li key={one.visit} class="live-row">
            {one.country ? <Flag code={one.country} /> : <span class="flag" aria-hidden="true" />}
            <span class="live-lines">
              <span class="live-strong">{one.page ? <Middle text={one.page} /> : words.noPageYet}</span>
              <span class="live-soft">{about(one)}</span>
            </span>
            <span class="live-when" title={words.sinceLast}>
              {ago(one.last, now)}
            </span>
            <Recording visit={one.visit} recorded={one.recorded} base={base} of={about(one)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The way to watch a visit as it happens, or its place. */
export function Recording({
  visit,
  recorded,
  base,
  of,
}: {
  visit: number;
  recorded: boolean;
  base: string;
  of: string;
}) {
  if (!recorded) return <span class="live-play none" title={words.noRecording} />;
  return (
    <a class="live-play" href={`${base}/replays/${visit}?t=live`} aria-label={words.watch(of)} title={words.watchTitle}>
      <Icon name="play" />
    </a>
  );
}

function about({ country: code, browser, device, source, views }: LiveVisitor): string {
  const tool = [browser, device === 'Desktop' ? null : device && shownAs('visit:device', device)]
    .filter(Boolean)
    .join(', ');
  return [code ? country(code) : null, tool, source ? words.from(source) : null, views ? words.pages(views) : null]
    .filter(Boolean)
    .join(' · ');
}
