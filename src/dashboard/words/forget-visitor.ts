import { area } from './area.ts';
import { counts } from './counts.ts';

/** Deleting all that is known of a visitor. */
export const forgetVisitor = area('forget-visitor', {
  title: 'Delete this visitor?',
  means:
    'All visits of this visitor, whatever happened in them and their recordings are deleted for good, and the numbers of those days change. There is no way back.',
  /** What has to be typed. */
  word: 'delete',
  type: (word: string) => `Type ${word} to go on`,
  go: 'Delete for good',
  done: (visits: number, recordings: number) => `${counts.visits(visits)} and ${counts.recordings(recordings)} deleted`,
});
