import type { GoalResult, SiteJson } from '../../contract/api.ts';
import type { Data } from '../data.ts';
import { money, percent } from '../format.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { briefly } from '../ui/error-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { Count } from '../ui/number.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Table } from '../ui/table.tsx';
import { goalsTable as words } from '../words/goals-table.ts';
import { type GoalReport, withoutGoals } from './questions.ts';
import { printView, scopeOf, show, toggled, type View } from './view.ts';
import { warned } from './warned.ts';

interface Props {
  site: SiteJson;
  view: View;
  report: Data<GoalReport>;
  base: string;
}

/** What visitors were to do, and how many did. */
export function GoalsCard({ view, report, base }: Props) {
  const { data, stale, error } = report;
  return (
    <Card
      title={words.goals}
      class="span goals-card"
      label={words.goals}
      stale={stale}
      aside={
        <a href={`${base}/goals${printView(scopeOf(view))}`}>
          {words.manage} <Icon name="arrow" size={11} />
        </a>
      }
    >
      {!data && (
        <div class="goals-waiting">
          {error ? <p class="list-note alone">{briefly(error)}</p> : <Skeleton height="100%" />}
        </div>
      )}
      {data && data.results.length === 0 && (
        <EmptyState title={words.none} action={{ label: words.set, href: `${base}/goals` }}>
          {words.noneText}
        </EmptyState>
      )}
      {data && data.results.length > 0 && (
        <Table
          caption={words.caption}
          rows={data.results}
          rowKey={({ goal }) => goal.id}
          columns={[
            {
              head: words.goal,
              class: 'grow',
              cell: ({ goal }) => (
                <button
                  type="button"
                  class="link-row"
                  aria-pressed={
                    view.filters.some((f) => f[1] === 'event:goal' && f[2]?.includes(goal.name)) ? 'true' : 'false'
                  }
                  onClick={() => show(view, { filters: toggled(view.filters, ['is', 'event:goal', [goal.name]]) })}
                >
                  <Middle text={goal.name} />
                </button>
              ),
            },
            {
              head: words.visitors,
              numeric: true,
              cell: (one) => (
                <Converted of={one} visits={`${base}/visits${printView(scopeOf(reaching(view, one.goal.name)))}`} />
              ),
            },
            { head: words.total, numeric: true, class: 'wide-cell', cell: (one) => <Count of={one.events} /> },
            {
              head: words.rate,
              numeric: true,
              cell: ({ conversion_rate: rate }) => (rate === null ? <span class="muted">–</span> : percent(rate)),
            },
            { head: words.revenue, numeric: true, class: 'wide-cell', cell: (one) => <Revenue of={one} /> },
            {
              head: <span class="sr">{words.recordings}</span>,
              numeric: true,
              cell: ({ goal, visitors }) =>
                visitors > 0 && (
                  <a
                    class="play"
                    href={`${base}/replays${printView(scopeOf(reaching(view, goal.name)))}`}
                    aria-label={words.recordingsOf(goal.name)}
                    title={words.recordingsTitle}
                  >
                    <Icon name="play" />
                  </a>
                ),
            },
          ]}
        />
      )}
      {data?.warnings?.map((warning) => (
        <p key={warning.code} class="list-note">
          {warned(warning)}
        </p>
      ))}
    </Card>
  );
}

/** The view of those who reached a goal: this one alone, as its row has it. */
export function reaching(view: View, goal: string): View {
  return { ...view, filters: [...withoutGoals(view), ['is', 'event:goal', [goal]]] };
}

/** How many converted, and the way to their visits. */
export function Converted({ of: { goal, visitors }, visits }: { of: GoalResult; visits: string }) {
  return (
    <a class="plain-link" href={visits} title={words.visits}>
      <Count of={visitors} />
      <span class="sr"> {words.visitsOf(goal.name)}</span>
    </a>
  );
}

export function Revenue({ of }: { of: GoalResult }) {
  if (of.revenue.length === 0) return <span class="muted">–</span>;
  return <>{of.revenue.map(({ currency, total }) => money(total, currency)).join(' + ')}</>;
}
