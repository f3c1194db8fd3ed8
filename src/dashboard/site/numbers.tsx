import type { ComponentChildren } from 'preact';
import type { GoalJson } from '../../contract/api.ts';
import { OF_PAGES } from '../../contract/words.ts';
import type { Data } from '../data.ts';
import { type Delta, delta, duration, exact, percent } from '../format.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { Change, Count } from '../ui/number.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { overview as words } from '../words/overview.tsx';
import type { Answered } from './ask.ts';
import { type GoalReport, TOTALS } from './questions.ts';
import type { MetricId, View } from './view.ts';
import { printView, scopeOf, show } from './view.ts';

/** A metric's value as text: 18,204; 41 %; 2m 14s. */
export function valueText(metric: MetricId, n: number): string {
  if (metric === 'bounce_rate') return percent(n);
  return metric === 'visit_duration' ? duration(n) : exact(n);
}

interface Props {
  view: View;
  totals: Data<Answered>;
  goals: GoalJson[] | undefined;
  goal: GoalJson | undefined;
  /** The view of those who reached `goal`. */
  reached: View;
  /** Conversions of `goal`, and of whom its rate is. */
  report: Data<GoalReport>;
  base: string;
}

/** Six numbers; each is a button that puts its line into the chart, with the way to the visits behind it. */
export function Numbers({ view, totals, goals, goal, reached, report, base }: Props) {
  const row = totals.data?.results[0];
  // A rate of nobody is 0, and no rise from there is news.
  const nobody = !row?.comparison?.metrics[0];
  return (
    <fieldset class="numbers" aria-label={words.numbers} aria-busy={totals.stale ? 'true' : undefined}>
      {TOTALS.map((id, i) => {
        // Of no visits there is no rate, either.
        const now = id === 'bounce_rate' && row?.metrics[1] === 0 ? null : row?.metrics[i];
        const before = view.compare && !nobody ? row?.comparison?.metrics[i] : null;
        return (
          <Tile
            key={id}
            id={id}
            view={view}
            label={words.metrics[id]}
            visits={`${base}/visits${printView(scopeOf(view))}`}
            change={difference(id, now, before)}
          >
            {row || totals.error ? <Value id={id} n={now ?? null} /> : null}
          </Tile>
        );
      })}
      <GoalTile
        view={view}
        goals={goals}
        goal={goal}
        reached={reached}
        report={report}
        lost={totals.error !== null}
        base={base}
      />
    </fieldset>
  );
}

function difference(id: MetricId, now: number | null | undefined, before: number | null | undefined): Delta | null {
  if (now == null || before == null) return null;
  const rate = id === 'bounce_rate';
  return delta(now, before, { points: rate, fallIsGood: rate });
}

function Value({ id, n }: { id: MetricId; n: number | null }) {
  if (n === null) return <span class="muted">–</span>;
  if (id === 'bounce_rate' || id === 'visit_duration') return <>{valueText(id, n)}</>;
  return <Count of={n} />;
}

interface TileProps {
  id: MetricId;
  view: View;
  label: string;
  /** Address of the visits behind it. */
  visits: string;
  change: Delta | null;
  stale?: boolean;
  more?: string;
  hint?: string | undefined;
  /** Beside it: another goal, say. */
  aside?: ComponentChildren;
  /** Null while it is on its way. */
  children: ComponentChildren;
}

function Tile({ id, view, label, visits, change, stale = false, more, hint, aside, children }: TileProps) {
  return (
    <div class="tile-box" aria-busy={stale ? 'true' : undefined}>
      <button
        type="button"
        class="tile"
        data-metric={id}
        title={hint}
        aria-pressed={view.metric === id ? 'true' : 'false'}
        onClick={() => show(view, { metric: id }, { replace: true })}
      >
        <span class="tile-label">{label}</span>
        <span class="tile-value">{children ?? <Waiting />}</span>
        {more === undefined ? <Change delta={change} /> : <Change delta={change} more={more} />}
      </button>
      <a class="tile-visits" href={visits} aria-label={words.visitsBehind(label)} title={words.visitsBehindIt}>
        <span class="tile-word">{words.visits}</span> <Icon name="arrow" size={11} />
      </a>
      {aside}
    </div>
  );
}

/** As high as a line, so that what comes moves nothing. */
export const Waiting = () => (
  <span class="tile-waiting">
    <Skeleton width="4rem" height="1.25rem" />
  </span>
);

interface GoalProps {
  view: View;
  goals: GoalJson[] | undefined;
  goal: GoalJson | undefined;
  reached: View;
  report: Data<GoalReport>;
  /** Without the other numbers there is no telling whether there is a goal. */
  lost: boolean;
  base: string;
}

function GoalTile({ view, goals, goal, reached, report, lost, base }: GoalProps) {
  if (!goal) {
    return (
      <div class="tile still">
        <span class="tile-label">{words.metrics.goal}</span>
        <span class="tile-value muted">{goals || lost ? '–' : <Waiting />}</span>
        {goals ? (
          <a class="change accent" href={`${base}/goals`}>
            {words.firstGoal}
          </a>
        ) : (
          <Change delta={null} />
        )}
      </div>
    );
  }
  const row = report.data?.results.find((one) => one.goal.id === goal.id);
  const rate = row && report.data?.visitors ? percent((row.visitors / report.data.visitors) * 100) : undefined;
  const change = difference('goal', row?.events, row?.comparison?.events);
  return (
    <Tile
      id="goal"
      view={view}
      label={goal.name}
      visits={`${base}/visits${printView(scopeOf(reached))}`}
      stale={report.stale}
      change={change}
      hint={pageHint(view)}
      {...(rate ? { more: change ? rate : words.rate(rate) } : {})}
      aside={
        goals &&
        goals.length > 1 && (
          <Menu
            class="tile-menu"
            name={words.anotherGoal}
            align="end"
            label={<Icon name="chevron" size={10} />}
            items={goals.map((one) => ({
              label: one.name,
              current: one.id === goal.id,
              onPick: () => show(view, { goal: one.id, metric: 'goal' }, { replace: true }),
            }))}
          />
        )
      }
    >
      {row ? <Count of={row.events} /> : report.error ? <span class="muted">–</span> : null}
    </Tile>
  );
}

/** A goal reached on another page than those filtered by is not counted, which surprises. */
function pageHint({ filters }: View): string | undefined {
  if (!filters.some(([, of]) => OF_PAGES.includes(of as string))) return undefined;
  return words.onThesePages;
}
