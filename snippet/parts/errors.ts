import type { Part } from '../lib/part.ts';

/** Errors told of one page load. */
const MOST = 10;
const MESSAGE_CHARS = 300;

/** Errors of the page's scripts, each once. */
export const errors: Part = (_footfall, on, hit) => {
  const told = new Set<string>();
  on<Event>('error unhandledrejection', (event) => {
    const { message, filename, lineno, colno } = event as ErrorEvent;
    const { reason } = event as PromiseRejectionEvent;
    const text = String(message || reason?.message || reason || '').slice(0, MESSAGE_CHARS);
    // What failed to load is no script's error; it has no message.
    if (!text || told.has(text) || told.size >= MOST) return;
    told.add(text);
    const at = filename ? `${filename.split(/[?#]/)[0]}:${lineno}:${colno}` : '';
    hit({ name: 'Script Error', props: { message: text, at }, interactive: false });
  });
};
