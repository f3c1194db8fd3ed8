import { useMemo, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { isEvent, isSimple, isVisit, type RowDimension } from '../../contract/words.ts';
import { useAnnotations } from '../annotations/annotations.ts';
import { AnnotationsButton, ofRange } from '../annotations/annotations-button.tsx';
import type { Opened } from '../annotations/annotations-dialog.tsx';
import { useWanted } from '../data.ts';
import { go } from '../router.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorBanner } from '../ui/error-state.tsx';
import { useKeys } from '../ui/keys.ts';
import { later } from '../ui/later.tsx';
import { overview as words } from '../words/overview.tsx';
import { useAnswer } from './ask.ts';
import { BotsLine } from './bots-line.tsx';
import { Chart } from './chart.tsx';
import { LISTS } from './dimensions.ts';
import { FrictionCard } from './friction-card.tsx';
import { GoalsCard, reaching } from './goals-card.tsx';
import { ListCard } from './list-card.tsx';
import { Numbers } from './numbers.tsx';
import { PropertiesCard } from './properties-card.tsx';
import { QueryBar } from './query-bar.tsx';
import { goalsOf, overviewOf, recordingsOf, reportOf, seriesOf, TOTALS, totalsOf } from './questions.ts';
import { RecordingsCard } from './recordings-card.tsx';
import { UnitMenu } from './unit-menu.tsx';
import { METRIC_IDS, printView, scopeOf, show } from './view.ts';
import './overview.css';

const ListDialog = later(() => import('./list-dialog.tsx').then((module) => module.ListDialog));

const AnnotationsDialog = later(() =>
  import('../annotations/annotations-dialog.tsx').then((module) => module.AnnotationsDialog),
);

const KeyHelp = later(() => import('./key-help.tsx').then((module) => module.KeyHelp));

interface Props {
  site: SiteJson;
  search: string;
  /** See `useLive`. */
  turn: number;
  /** Address of the site's pages. */
  base: string;
}

/** Six numbers → the line → the lists that explain it → the visits behind it. */
export function Overview({ site, search, turn: heard, base }: Props) {
  const [tries, setTries] = useState(0);
  const turn = heard + tries;
  const view = useMemo(() => overviewOf(search), [search]);
  const [help, setHelp] = useState(false);
  const [annotating, setAnnotating] = useState<Opened | null>(null);
  const known = useAnnotations(site);
  const annotations = known.data?.annotations ?? [];

  const goals = useWanted(goalsOf(site.domain), { first: true }).data?.goals;
  const wanted = view.filters.filter(isSimple).find(([, dimension]) => dimension === 'event:goal')?.[2];
  const goal =
    goals?.find((one) => one.id === view.goal) ?? goals?.find((one) => wanted?.includes(one.name)) ?? goals?.[0];

  const ofConverted = goal ? reaching(view, goal.name) : view;
  const totals = useAnswer(site, totalsOf(view), turn);
  const ofGoal = view.metric === 'goal';
  const series = useAnswer(site, seriesOf(view, goal), turn);
  const report = useWanted(reportOf(site.domain, view), { turn });
  const recordings = useWanted(recordingsOf(site.domain, view), { turn });

  useKeys({
    '?': () => setHelp(true),
    '/': () => show(view, { all: 'event:page' }),
    r: () => go(`${base}/replays${printView(scopeOf(view))}`),
    v: () => go(`${base}/visits${printView(scopeOf(view))}`),
    l: () => go(`${base}/live`),
    n: () => setAnnotating(ofRange(site, view, annotations, series.data)),
    b: () => show(view, { bots: !view.bots }),
    Escape: () => view.filters.length > 0 && show(view, { filters: view.filters.slice(0, -1) }),
    ...Object.fromEntries(
      METRIC_IDS.map((metric, i) => [
        String(i + 1),
        () => (metric !== 'goal' || goal) && show(view, { metric }, { replace: true }),
      ]),
    ),
  });

  // While a line of another kind is still there, its numbers are not this metric's.
  const rightKind = series.data?.query.metrics.length === (ofGoal ? 1 : TOTALS.length);
  const index = ofGoal ? 0 : TOTALS.indexOf(view.metric as (typeof TOTALS)[number]);
  const wrong = totals.error ?? series.error;
  const nobody =
    view.filters.length > 0 && !totals.stale && totals.data?.results[0]?.metrics[TOTALS.indexOf('visits')] === 0;

  // They ask for themselves: what else is answered doesn't draw them anew.
  const lists = useMemo(
    () => LISTS.map((list) => <ListCard key={list.id} {...{ site, view, list, turn, base }} />),
    [site, view, turn, base],
  );
  const properties = useMemo(() => <PropertiesCard {...{ site, view, turn, base }} />, [site, view, turn, base]);

  return (
    <QueryBar site={site} view={view} compare>
      {wrong && <ErrorBanner error={wrong} retry={() => setTries(tries + 1)} />}
      <div class="grid">
        <section class="card span head-card" aria-label={words.region}>
          <Numbers
            view={view}
            totals={totals}
            goals={goals}
            goal={goal}
            reached={ofConverted}
            report={report}
            base={base}
          />
          <Chart
            site={site}
            view={view}
            series={rightKind ? series : { ...series, data: undefined }}
            index={index}
            label={ofGoal ? (goal?.name ?? '') : words.metrics[view.metric]}
            behind={scopeOf(ofGoal ? ofConverted : view)}
            base={base}
            annotations={annotations}
            onAnnotate={setAnnotating}
          />
        </section>
        <div class="below-chart span">
          <BotsLine site={site} view={view} base={base} warnings={totals.data?.meta.warnings} />
          <span class="chart-tools">
            <AnnotationsButton
              site={site}
              view={view}
              annotations={annotations}
              answer={series.data}
              onOpen={setAnnotating}
            />
            <UnitMenu view={view} answer={series.data} />
          </span>
        </div>
        {nobody ? (
          <section class="card span" aria-label={words.nobodyFits}>
            <EmptyState
              title={words.nobodyFits}
              action={{ label: words.clear, onClick: () => show(view, { filters: [] }) }}
            >
              {words.nobodyFitsText}
            </EmptyState>
          </section>
        ) : (
          <>
            {lists}
            <GoalsCard site={site} view={view} report={report} base={base} />
            {properties}
            <FrictionCard site={site} view={view} recordings={recordings} base={base} />
            <RecordingsCard site={site} view={view} recordings={recordings} base={base} />
          </>
        )}
      </div>
      {view.all !== null && (isEvent(view.all) || isVisit(view.all)) && (
        <ListDialog key={view.all} site={site} view={view} dimension={view.all as RowDimension} base={base} />
      )}
      {annotating && (
        <AnnotationsDialog
          {...annotating}
          site={site}
          annotations={annotations}
          refresh={known.refresh}
          onClose={() => setAnnotating(null)}
        />
      )}
      {help && <KeyHelp onClose={() => setHelp(false)} />}
    </QueryBar>
  );
}
