import { useState } from 'preact/hooks';
import type { VisitDetail } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { moment } from '../format.ts';
import { back, go } from '../router.ts';
import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';
import { printView, readView, scopeOf } from '../site/view.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ForgetVisitor } from '../visits/forget-visitor.tsx';
import { VisitRow } from '../visits/row.tsx';
import { visits as words } from '../words/visits.ts';
import { counted } from './story.ts';
import { StoryList } from './story-list.tsx';
import { Visitor } from './visitor.tsx';
import './story.css';
import '../visits/visits.css';

/** One visit: who it was and what was counted of it, recorded or not. */
export default function Page({ params, search }: PageProps) {
  const { id = '', session = '' } = params;
  const scope = printView(scopeOf(readView(search)));
  return (
    <SiteFrame id={id} current="visits">
      {(site) => (
        <Visit
          key={session}
          base={`/sites/${encodeURIComponent(id)}`}
          {...{ session, scope }}
          timezone={site.timezone}
          cookieless={site.mode === 'cookieless'}
        />
      )}
    </SiteFrame>
  );
}

interface Props {
  base: string;
  session: string;
  scope: string;
  timezone: string;
  cookieless: boolean;
}

function Visit({ base, session, scope, timezone, cookieless }: Props) {
  const path = `${base}/sessions/${encodeURIComponent(session)}`;
  const { data, error, refresh } = useData(`visit ${path}`, (signal) =>
    api<VisitDetail>('GET', path, undefined, signal),
  );
  const [forgetting, setForgetting] = useState(false);
  const visit = data?.visit;
  const all = `${base}/visits${scope}`;
  if (error?.status === 404) {
    return (
      <EmptyState title={words.noSuch} action={{ label: words.toVisits, href: all }}>
        {words.noSuchText}
      </EmptyState>
    );
  }
  return (
    <>
      <Card
        class="visit-story"
        title={visit ? words.visitOf(moment(visit.start, timezone)) : words.visit}
        aside={
          <>
            <Button onClick={() => back(all)}>{words.back}</Button>
            {visit?.recording && (
              <a class="button primary" href={`${base}/replays/${session}${scope}`}>
                {words.play}
              </a>
            )}
          </>
        }
      >
        {!data && error && <ErrorState error={error} retry={refresh} />}
        {!data && !error && <Skeleton height="16rem" />}
        {data && (
          <>
            <Visitor visit={data.visit} timezone={timezone} />
            {!data.visit.recording && <p class="muted">{words.notRecorded}</p>}
            <StoryList lines={counted(data.events)} from={Date.parse(data.visit.start)} />
            <div class="dialog-foot">
              <Button kind="danger" onClick={() => setForgetting(true)}>
                {words.forget}
              </Button>
            </div>
            {forgetting && (
              <ForgetVisitor
                site={base}
                visitor={data.visit.visitor}
                onClose={() => setForgetting(false)}
                onGone={() => go(all, { replace: true })}
              />
            )}
          </>
        )}
      </Card>
      {data && data.others.total > 0 && (
        <Others {...{ base, scope, timezone }} {...data.others} cookieless={cookieless} />
      )}
    </>
  );
}

interface OthersProps extends Omit<Props, 'session'> {
  results: VisitDetail['others']['results'];
  total: number;
}

/** What else the same visitor did here. */
function Others({ base, scope, timezone, cookieless, results, total }: OthersProps) {
  return (
    <Card
      class="visits other-visits"
      title={words.others(total)}
      aside={cookieless ? words.sameDay : words.sameBrowser}
    >
      <ul class="visit-rows">
        {results.map((one) => (
          <VisitRow
            key={one.id}
            visit={one}
            href={`${base}/${one.recording ? 'replays' : 'visits'}/${one.id}${scope}`}
            timezone={timezone}
          />
        ))}
      </ul>
      {total > results.length && <p class="list-note">{words.newest(results.length)}</p>}
    </Card>
  );
}
