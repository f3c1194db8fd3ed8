import { area } from './area.ts';

/** What the parts say that all pages are made of. */
export const ui = area('ui', {
  removeFilter: 'Remove filter',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'The browser did not allow copying; select the text instead.',
  close: 'Close',
  notLoaded: 'This part could not be loaded. Is the network up?',
  up: 'up',
  down: 'down',
  unchanged: 'unchanged',

  newer: 'Newer',
  older: 'Older',
  rows: (first: string, last: string, all: string) => `${first} to ${last} of ${all}`,

  tryAgain: 'Try again',
  again: 'Trying again.',
  wentWrong: 'Something went wrong',
  notFound: 'Not found',
  notFoundText: 'It does not exist, or it belongs to somebody else.',
  offline: 'No connection',
  offlineText: 'The server did not answer. This page asks again by itself.',
  tooFast: 'A little too fast',
  tooFastText: (seconds: number | null) =>
    `Too many requests. This page asks again ${seconds ? `in ${seconds} s` : 'by itself'}.`,
  databaseSilent: 'The database is not answering',
  stillCollected: 'Visits are still being collected and none is lost; they show up when the database is back.',
  asksAgain: (seconds: number | null) => `This page asks again ${seconds ? `in ${seconds} s` : 'by itself'}.`,
});
