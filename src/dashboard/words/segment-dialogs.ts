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

  forWhom: 'For whom',
  own: 'Only for me',
  shared: 'For everybody',
  ownMeans: 'Links with it carry its filters: whoever may see the site sees the same.',
  sharedMeans: 'Whoever sees the site may use and change it; so may the API. Links with it follow its changes.',
  takenBack: 'Nobody else will have it. Links and questions that speak of it will say that it is no longer here.',

  changed: (name: string) => `“${name}” is changed`,
  deleteOwnMeans: 'Only the name goes, no visit. Links with its filters go on as they are.',
  deleteMeans: 'Only the name goes, no visit. Addresses that speak of it will say that it is no longer here.',
  how: '“Change filters” puts them in its place; save them again under its name.',
  changeFilters: 'Change filters',

  lost: 'This segment is not here',
  lostText: (ids: number[]) =>
    `It was deleted, somebody keeps it for themselves, or the address is of another site: this one shares no segment ${ids.join(' and no ')}.`,
  goOn: 'Go on without it',
});
