import type { GoalResult, SiteJson } from '../../contract/api.ts';
import type { Warning } from '../../contract/query.ts';
import type { Data } from '../data.ts';
import { money, percent } from '../format.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { explain } from '../ui/error-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { Count } from '../ui/number.tsx';
import { Table } from '../ui/table.tsx';
import { printView, scopeOf, show, toggled, type View } from './view.ts';

export interface GoalReport {
  results: GoalResult[];
  /** All visitors in range, whom the rates are of. */
  visitors: number;
  warnings?: Warning[];
}

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
      title="Goals"
      class="span goals-card"
      label="Goals"
      stale={stale}
      aside={
        <a href={`${base}/goals${printView(scopeOf(view))}`}>
          Manage goals <Icon name="arrow" size={11} />
        </a>
      }
    >
      {!data && error && <p class="list-note alone">{explain(error)}</p>}
      {data && data.results.length === 0 && (
        <EmptyState title="No goals yet" action={{ label: 'Set a goal', href: `${base}/goals` }}>
          A goal is an event or a page that visitors should reach. Its numbers go back to the first visit.
        </EmptyState>
      )}
      {data && data.results.length > 0 && (
        <Table
          caption="Goals: visitors converted, conversions, rate and revenue"
          rows={data.results}
          rowKey={({ goal }) => goal.id}
          columns={[
            {
              head: 'Goal',
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
              head: 'Visitors',
              numeric: true,
              cell: (one) => (
                <Converted of={one} visits={`${base}/visits${printView(scopeOf(reaching(view, one.goal.name)))}`} />
              ),
            },
            { head: 'Total', numeric: true, class: 'wide-cell', cell: (one) => <Count of={one.events} /> },
            {
              head: 'Rate',
              numeric: true,
              cell: (one) => (one.conversion_rate === null ? '–' : percent(one.conversion_rate)),
            },
            { head: 'Revenue', numeric: true, class: 'wide-cell', cell: (one) => <Revenue of={one} /> },
            {
              head: <span class="sr">Recordings</span>,
              numeric: true,
              cell: ({ goal, visitors }) =>
                visitors > 0 && (
                  <a
                    class="play"
                    href={`${base}/replays${printView(scopeOf(reaching(view, goal.name)))}`}
                    aria-label={`Recordings of those who reached ${goal.name}`}
                    title="Recordings of those who converted"
                  >
                    <Icon name="play" />
                  </a>
                ),
            },
          ]}
        />
      )}
      {data?.warnings?.map(({ code, message }) => (
        <p key={code} class="list-note">
          {message}
        </p>
      ))}
    </Card>
  );
}

/** The view of those who reached a goal: this one alone, as its row has it. */
export function reaching(view: View, goal: string): View {
  const others = view.filters.filter((filter) => filter[1] !== 'event:goal');
  return { ...view, filters: [...others, ['is', 'event:goal', [goal]]] };
}

/** How many converted, and the way to their visits. */
export function Converted({ of: { goal, visitors }, visits }: { of: GoalResult; visits: string }) {
  return (
    <a class="plain-link" href={visits} title="Their visits">
      <Count of={visitors} />
      <span class="sr"> who reached {goal.name}: their visits</span>
    </a>
  );
}

export function Revenue({ of }: { of: GoalResult }) {
  if (of.revenue.length === 0) return <span class="muted">–</span>;
  return <>{of.revenue.map(({ currency, total }) => money(total, currency)).join(' + ')}</>;
}
