import { plural } from '../format.ts';
import { area } from './area.ts';

/** Console and requests beside a recording. */
export const logs = area('logs', {
  logs: 'Console and requests',
  kind: 'Kind',
  kinds: { all: 'All kinds', console: 'Console', network: 'Requests' },
  level: 'Level',
  /** This one and those above. */
  levels: {
    debug: 'All levels',
    log: 'From log on',
    info: 'From info on',
    warn: 'Warnings and errors',
    error: 'Errors',
  },
  text: 'Text',
  lines: (n: number) => plural(n, 'line'),
  none: 'No line is like that.',
  request: 'Request',
  uncaught: (error: string) => `Uncaught: ${error}`,
  left: (n: number) => `${n} more were not recorded`,
  noMore: 'No more are recorded of this visit',
  tooMany: 'there were too many',
  noAnswer: 'no answer',
  sent: (bytes: string) => `${bytes} sent`,
  received: (bytes: string) => `${bytes} received`,
});
