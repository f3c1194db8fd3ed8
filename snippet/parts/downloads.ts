import { onLink } from '../lib/onLink.ts';
import type { Part } from '../lib/part.ts';

/** Endings of what people download; Plausible's list. */
const FILE =
  /\.(pdf|xlsx?|docx?|txt|rtf|csv|exe|key|pp(s|t|tx)|7z|pkg|rar|gz|zip|avi|mov|mp[34g]|mpeg|wmv|midi?|wav|wma|dmg)$/i;

/** Links to files. */
export const downloads: Part = (_footfall, on, hit) => {
  onLink(on, ({ pathname, href }) => {
    const file = FILE.test(pathname);
    if (file) hit({ name: 'File Download', props: { url: href } });
    return file;
  });
};
