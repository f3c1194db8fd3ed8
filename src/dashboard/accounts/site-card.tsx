import type { SiteJson } from '../../contract/api.ts';
import { type Delta, delta } from '../format.ts';
import { type Answered, type Question, useAnswer } from '../site/ask.ts';
import { Middle } from '../ui/middle.tsx';
import { Change, Count } from '../ui/number.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { sites as words } from '../words/sites.ts';
import { Spark } from './spark.tsx';

const MONTH = 30 * 86_400_000;

const TOTAL: Question = {
  date_range: '30d',
  metrics: ['visitors'],
  include: { comparisons: { mode: 'previous_period' }, trim_relative_date_range: true },
};
const DAYS: Question = { date_range: '30d', metrics: ['visitors'], dimensions: ['time:day'] };

interface Props {
  site: SiteJson;
  /** In view, now or before: only then its numbers are asked for. */
  seen: boolean;
  /** Asks again when it changes. */
  turn: number;
}

/** A site and its last 30 days, all of it a link to the whole. */
export function SiteCard({ site, seen, turn }: Props) {
  const total = useAnswer(site, seen ? TOTAL : null, turn);
  const days = useAnswer(site, seen ? DAYS : null, turn);
  const row = total.data?.results[0];
  const visitors = row?.metrics[0] ?? 0;
  const fresh = Date.now() - Date.parse(site.created) < MONTH;
  const waiting = row && visitors === 0 && fresh;
  const failed = !row && total.error;
  return (
    <a class="card site-card" href={`/sites/${encodeURIComponent(site.domain)}`}>
      <h2>
        <Middle text={site.domain} />
      </h2>
      <div class="site-number">
        {failed ? <strong aria-hidden="true">–</strong> : null}
        {row ? (
          <strong class={visitors === 0 ? 'muted' : undefined}>
            <Count of={visitors} />
          </strong>
        ) : (
          !failed && (
            <strong>
              <Skeleton width="3.5rem" height="1.625rem" />
            </strong>
          )
        )}
        <span class="site-note">
          {waiting && <span class="dot" aria-hidden="true" />}
          {waiting && words.waiting}
          {failed && words.unreadable}
          {!waiting && !failed && words.visitors}
        </span>
        {row && visitors > 0 && <Change delta={change(row)} />}
      </div>
      <Spark values={days.data?.results.map((day) => day.metrics[0] ?? 0) ?? []} />
    </a>
  );
}

function change(row: Answered['results'][number]): Delta | null {
  const before = row.comparison?.metrics[0];
  return before ? delta(row.metrics[0] ?? 0, before) : null;
}
