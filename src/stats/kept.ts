import type { Warning } from '../contract/query.ts';
import type { Question, Scoped } from './question.ts';
import type { Range } from './range.ts';
import { dateOf, isoDate } from './zone.ts';

/**
 * Of a site that forgets single visits (`RAW_RETENTION_DAYS`), rows answer from where they are kept on. What lies before may be
 * there still, in part: it is left alone, so that the same question has the same answer while it goes.
 */

type Forgetful = Pick<Scoped, 'kept'>;

/** From when on a site's single visits are kept, milliseconds since 1970. */
export const keptFrom = ({ kept }: Forgetful): number => kept?.getTime() ?? Number.NEGATIVE_INFINITY;

/** Whether a range begins before. */
export const reachesBack = (site: Forgetful, range: Pick<Range, 'from'>): boolean => range.from < keptFrom(site);

/** What of a range single visits can tell. */
export const toldByRows = <R extends Pick<Range, 'from' | 'to'>>(site: Forgetful, range: R): R => ({
  ...range,
  from: Math.min(Math.max(range.from, keptFrom(site)), range.to),
});

/** What of a question single visits can tell. */
export function askedOfRows(question: Question): Question {
  const { site, range, deeds } = question;
  if (!reachesBack(site, deeds ?? range)) return question;
  const told = behind(question, toldByRows(site, range).from);
  return deeds ? { ...told, deeds: toldByRows(site, deeds) } : told;
}

/** The same of what lies behind a moment. Buckets keep their numbers. */
export function behind(question: Question, moment: number): Question {
  const buckets = question.buckets.map(({ from, label }) => ({ from: Math.max(from, moment), label }));
  return { ...question, range: { ...question.range, from: Math.max(question.range.from, moment) }, buckets };
}

/** The date from which a site's single visits are kept. */
export const keptDate = ({ timezone, kept }: Pick<Scoped, 'timezone' | 'kept'>): string =>
  isoDate(dateOf(timezone, kept?.getTime() ?? 0));

/** That an answer needs single visits, and a part of its range has none any more. */
export const notKept = (site: Pick<Scoped, 'timezone' | 'kept'>): Warning => ({
  code: 'not_kept',
  message:
    `Nothing from before ${keptDate(site)} is counted here: this takes single visits, which are kept from that day on. ` +
    'Earlier days can be asked for whole, by one dimension or with one filter.',
  since: keptDate(site),
});

/** The same beside an answer that has no `meta`; nothing where there is nothing to warn of. */
export const warnedOf = (site: Pick<Scoped, 'timezone' | 'kept'>, range: Range): { warnings?: Warning[] } =>
  reachesBack(site, range) ? { warnings: [notKept(site)] } : {};
