import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ui as words } from '../words/ui.ts';
import { Button } from './button.tsx';
import { toast } from './toast.tsx';

interface Props {
  text: string;
  kind?: 'plain' | 'primary' | 'quiet';
  children?: ComponentChildren;
}

/** Copies `text`; says so for two seconds in its own place, without changing its size. */
export function CopyButton({ text, kind = 'plain', children = words.copy }: Props) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 2000);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => toast(words.notCopied, { bad: true }),
    );
  };
  return (
    <Button kind={kind} class="copy" onClick={copy}>
      <span class={done ? 'copy-text gone' : 'copy-text'}>{children}</span>
      <span class={done ? 'copy-done' : 'copy-done gone'} role="status">
        {done ? words.copied : ''}
      </span>
    </Button>
  );
}
