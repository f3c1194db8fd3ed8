import { useMemo, useState } from 'preact/hooks';
import type { GoalJson, GoalResult, SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { percent } from '../format.ts';
import { DeleteGoal } from '../goals/delete-goal.tsx';
import { GoalDialog } from '../goals/goal-dialog.tsx';
import { definition } from '../goals/words.ts';
import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';
import { Converted, Revenue, reaching } from '../site/goals-card.tsx';
import { HereNow } from '../site/here-now.tsx';
import { useLive } from '../site/live.ts';
import { QueryBar } from '../site/query-bar.tsx';
import type { GoalReport } from '../site/questions.ts';
import { printView, readView, scopeOf, type View } from '../site/view.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { useKeys } from '../ui/keys.ts';
import { Menu } from '../ui/menu.tsx';
import { Count } from '../ui/number.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { common } from '../words/common.ts';
import { goals as words } from '../words/goals.tsx';
import { goalsTable as table } from '../words/goals-table.ts';
import '../goals/goals.css';

export default function Page({ params, search }: PageProps) {
  const id = params.id ?? '';
  const { here, turn } = useLive(id);
  return (
    <SiteFrame id={id} current="goals" aside={<HereNow here={here} site={id} />}>
      {(site) => (
        <Goals key={site.id} site={site} search={search} turn={turn} base={`/sites/${encodeURIComponent(id)}`} />
      )}
    </SiteFrame>
  );
}

type Open = { goal: GoalJson | null; delete?: boolean } | null;

interface GoalsProps {
  site: SiteJson;
  search: string;
  /** See `useLive`. */
  turn: number;
  base: string;
}

/** What visitors were to do, how many did, and the way to change it. */
function Goals({ site, search, turn, base }: GoalsProps) {
  const view = useMemo(() => readView(search), [search]);
  const [open, setOpen] = useState<Open>(null);
  const scope = { date_range: view.range, filters: view.filters, include: { bots: view.bots } };
  const report = useData(
    `report ${site.id} ${JSON.stringify(scope)}`,
    (signal) => api<GoalReport>('POST', `/sites/${site.id}/goals/report`, scope, signal),
    { turn },
  );
  useKeys({ n: () => setOpen({ goal: null }) });
  const { data, stale, error } = report;
  const close = (changed: boolean) => {
    setOpen(null);
    if (changed) report.refresh();
  };

  return (
    <QueryBar site={site} view={view}>
      <Card
        title={words.goals}
        stale={stale}
        class="goals-page"
        aside={
          <Button kind="primary" onClick={() => setOpen({ goal: null })}>
            {words.newGoal}
          </Button>
        }
      >
        {!data && error && <ErrorState error={error} retry={report.refresh} />}
        {!data && !error && <Skeleton height="11rem" />}
        {data && data.results.length === 0 && <EmptyState title={words.none}>{words.noneText}</EmptyState>}
        {data && data.results.length > 0 && (
          <Table
            caption={table.caption}
            rows={data.results}
            rowKey={({ goal }) => goal.id}
            columns={columns(view, base, setOpen)}
          />
        )}
      </Card>
      {open && !open.delete && <GoalDialog site={site} goal={open.goal} onClose={close} />}
      {open?.delete && open.goal && <DeleteGoal site={site} goal={open.goal} onClose={close} />}
    </QueryBar>
  );
}

function columns(view: View, base: string, open: (what: Open) => void): Column<GoalResult>[] {
  const of = (goal: GoalJson) => printView(scopeOf(reaching(view, goal.name)));
  return [
    {
      head: table.goal,
      class: 'grow',
      cell: (one) => (
        <>
          <a class="goal-name" href={`${base}${of(one.goal)}`} title={words.inOverview}>
            {one.goal.name}
          </a>
          <span class="goal-means">{definition(one.goal)}</span>
          {one.revenue.length > 0 && (
            <span class="goal-means narrow-cell">
              <Revenue of={one} />
            </span>
          )}
        </>
      ),
    },
    {
      head: table.visitors,
      numeric: true,
      cell: (one) => <Converted of={one} visits={`${base}/visits${of(one.goal)}`} />,
    },
    { head: table.total, numeric: true, class: 'wide-cell', cell: (one) => <Count of={one.events} /> },
    {
      head: table.rate,
      numeric: true,
      cell: (one) => (one.conversion_rate === null ? '–' : percent(one.conversion_rate)),
    },
    { head: table.revenue, numeric: true, class: 'wide-cell', cell: (one) => <Revenue of={one} /> },
    {
      head: <span class="sr">{table.recordings}</span>,
      numeric: true,
      class: 'wide-cell',
      cell: ({ goal, visitors }) =>
        visitors > 0 && (
          <a class="goal-play" href={`${base}/replays${of(goal)}`} aria-label={table.recordingsOf(goal.name)}>
            <Icon name="play" />
          </a>
        ),
    },
    {
      head: <span class="sr">{words.actions}</span>,
      numeric: true,
      cell: ({ goal }) => (
        <Menu
          name={words.actionsOf(goal.name)}
          class="button quiet icon"
          align="end"
          label={<Icon name="dots" size={16} />}
          items={[
            { label: words.edit, onPick: () => open({ goal }) },
            { label: words.itsVisits, href: `${base}/visits${of(goal)}` },
            { label: words.itsRecordings, href: `${base}/replays${of(goal)}` },
            { label: common.delete, divided: true, onPick: () => open({ goal, delete: true }) },
          ]}
        />
      ),
    },
  ];
}
