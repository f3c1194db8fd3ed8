import type { Part } from '../lib/part.ts';

/** Forms that are sent; not what is in them. */
export const forms: Part = (_footfall, on, hit) => {
  on('submit', ({ target }) => {
    if (!(target as Element).closest('[data-footfall-event]'))
      hit({ name: 'Form: Submission', props: { path: location.pathname } });
  });
};
