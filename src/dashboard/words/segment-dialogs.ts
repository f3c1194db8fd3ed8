import { area } from './area.ts';

/** Keeping a segment, changing it, and looking for one that is gone. */
export const segmentDialogs = area('segment-dialogs', {
  segment: 'Segment',
  saveTitle: 'Save as a segment',
  nameExample: 'Shoppers from Estonia',
  isThere: 'There is one of this name: it becomes these filters.',
  replaces: 'A segment of the same name is replaced.',
  replace: 'Replace',
  kept: (name: string) => `“${name}” is kept`,
  replaced: (name: string) => `“${name}” is what you see now`,

  renamed: (name: string) => `It is called “${name}” now`,
  deleteMeans: 'Only the name goes, no visit. Addresses that speak of it will say that it is no longer here.',
  how: '“Change filters” puts them in its place; save them again under its name.',
  changeFilters: 'Change filters',
  rename: 'Rename',

  lost: 'This segment is not here',
  lostText: (ids: number[]) =>
    `It was deleted, or the address is of another site: this one has no segment ${ids.join(' and no ')}.`,
  goOn: 'Go on without it',
});
