import { kept } from '../lib/kept.ts';
import type { Part } from '../lib/part.ts';

/** Keeps what could not be sent for the next page, and sends it there, or once the browser is online. For sites that keep ids. */
export const late: Part = (footfall, on, _hit, waiting, send) => {
  if (footfall.off) return;
  try {
    const { footfall_late } = kept();
    if (footfall_late) kept({ footfall_late: '' });
    waiting.push(...(JSON.parse(footfall_late || '[]') as typeof waiting));
  } catch {} // what lies there may be anybody's
  const keep = () => {
    const text = waiting.map((hit) => JSON.stringify(hit)).join();
    if (text || kept().footfall_late) kept({ footfall_late: text && `[${text}]` });
  };
  const retry = () => {
    if (waiting[0]) send();
  };
  retry();
  on('online', retry);
  on('visibilitychange pagehide', keep);
};
