import { area } from './area.ts';

/** What happened when, as flags on the chart. */
export const annotations = area('annotations', {
  annotate: 'Annotate',
  count: (n: number) => `${n} ${n === 1 ? 'annotation' : 'annotations'}`,
  title: (of: string) => `What happened: ${of}`,
  what: 'What happened',
  example: 'The new shop is up',
  day: 'Day',
  time: 'Time, if it matters',
  add: 'Add',
  save: 'Save',
  cancel: 'Cancel',
  change: 'Change',
  changeOne: (text: string) => `Change: ${text}`,
  remove: 'Delete',
  removeOne: (text: string) => `Delete: ${text}`,
  removed: 'Deleted',
});
