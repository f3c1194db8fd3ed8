import { type SQL, sql } from 'drizzle-orm';
import { sealedGroups } from '../seals/grouped.ts';
import { type AnyPlan, bitmapPlanOf, planOf, SEVERAL, type SealedSum, slicePlanOf } from '../seals/plan.ts';
import { firstRows } from '../seals/ranked.ts';
import { needsOf, grouped as ofRows } from './facts.ts';
import { askedOfRows, reachesBack } from './kept.ts';
import type { Question } from './question.ts';

/** How a question is answered: by a plan for its sealed days, or from rows alone, and why. */
export function planned(question: Question): AnyPlan | string {
  const needs = needsOf(question);
  const plan = planOf(question, needs);
  if (typeof plan !== 'string') return plan;
  const sliced = plan === SEVERAL ? slicePlanOf(question, needs) : null;
  if (sliced) return sliced;
  const other = bitmapPlanOf(question, needs);
  return typeof other === 'string' && !(plan === SEVERAL && question.bitmaps) ? plan : other;
}

/** Whether a part of the answer's range is missing: it takes single visits, and they are forgotten. */
export const lacksRows = (question: Question): boolean =>
  reachesBack(question.site, question.range) && typeof planned(question) === 'string';

/** The CTE `grouped`: a row for each group that occurs, `d0`, `d1` … and the sums that the metrics need. */
export function grouped(question: Question): SQL {
  const plan = planned(question);
  if (typeof plan === 'string') return ofRows(askedOfRows(question));
  return sealedGroups(question, plan, needsOf(question) as SealedSum[]);
}

/** How many groups there are in all, `grouped` standing before it: of some lists only those are in it that may be on the page. */
export function countOfGroups(question: Question): SQL {
  const plan = planned(question);
  const some = typeof plan !== 'string' && 'blocks' in plan && firstRows(question, plan) !== null;
  return sql`(select count(*)::float8 from grouped)${some ? sql` + (select n from left_out)` : sql``}`;
}
