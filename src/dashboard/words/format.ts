import { area } from './area.ts';

/** Numbers and times, where `Intl` has no words for them that are short enough. */
export const format = area('format', {
  thousand: 'k',
  million: 'M',
  billion: 'B',
  second: (n: string) => `${n}s`,
  minute: (n: string) => `${n}m`,
  hour: (n: string) => `${n}h`,
  points: (n: string, one: boolean) => `${n} ${one ? 'pt' : 'pts'}`,
  justNow: 'just now',
  minutesAgo: (n: number) => `${n} min ago`,
  hoursAgo: (n: number) => `${n} h ago`,
});
