import type { SiteJson, StatusJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { bytes, elapsed, moment } from '../format.ts';
import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';
import { Counts } from '../status/counts.tsx';
import { healthOf, until } from '../status/health.ts';
import { Installation } from '../status/installation.tsx';
import { Quarantine } from '../status/quarantine.tsx';
import { Trouble } from '../status/trouble.tsx';
import { useTick } from '../tick.ts';
import { Card } from '../ui/card.tsx';
import { ErrorState, explain } from '../ui/error-state.tsx';
import { Count } from '../ui/number.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { installation } from '../words/installation.tsx';
import { status as words } from '../words/status.tsx';
import '../status/status.css';

const REFRESH_MS = 5_000;

export default function Pelapsed({ params }: PageProps) {
  return (
    <SiteFrame id={params.id ?? ''} current="status">
      {(site) => <Status key={site.id} site={site} />}
    </SiteFrame>
  );
}

/** "Why is my hit missing": how a site's collectors are, what became of every hit, and what Postgres refused. */
function Status({ site }: { site: SiteJson }) {
  const { data, error, refresh } = useData(
    `status ${site.id}`,
    (signal) => api<StatusJson>('GET', `/sites/${site.id}/status`, undefined, signal),
    { turn: useTick(REFRESH_MS) },
  );
  if (!data) return error ? <ErrorState error={error} retry={refresh} /> : <Waiting />;
  const nothing = data.counts.every(({ day }) => day === 0);
  return (
    <div class="stack">
      {error && (
        <p class="banner" role="alert">
          {explain(error)}
        </p>
      )}
      <HealthCard site={site} status={data} />
      {data.quarantined > 0 && <Quarantine site={site} count={data.quarantined} onChange={refresh} />}
      <Installation site={site} counts={data.counts} />
      <Counts counts={data.counts}>
        <Trouble site={site} summary={words.inNone} open={nothing}>
          <li>{words.rightKey(site.key)}</li>
        </Trouble>
      </Counts>
      {data.quarantined === 0 && <Quarantine site={site} count={0} onChange={refresh} />}
    </div>
  );
}

/** The page before its answer: its cards, in their places. */
function Waiting() {
  const facts = [words.waiting, words.oldest, words.lastWritten, words.nextWritten, words.collectors];
  return (
    <div class="stack" aria-busy="true">
      <Card class="padded" label={words.health.card}>
        <Skeleton width="60%" height="3rem" />
        <dl class="facts">
          {facts.map((name) => (
            <Fact key={name} name={name} more={<Skeleton width="80%" height="calc(1.45em - 4px)" />}>
              <Skeleton width="4rem" height="calc(1.45em - 4px)" />
            </Fact>
          ))}
        </dl>
      </Card>
      <Card class="padded" title={installation.card}>
        <Skeleton height="25rem" />
      </Card>
      <Card class="padded" title={words.counts.card}>
        <Skeleton height="27rem" />
      </Card>
    </div>
  );
}

function HealthCard({ site, status }: { site: SiteJson; status: StatusJson }) {
  const now = Date.now();
  const { mood, title, text } = healthOf(site, status, now);
  const { buffered, last_flush, next_flush, last_error, collectors } = status;
  const at = (time: string) => moment(time, site.timezone);
  return (
    <Card class="padded" label={words.health.card}>
      <div class="health">
        <span class={`health-dot ${mood}`} aria-hidden="true" />
        <div role="status">
          <h2>{title}</h2>
        </div>
        <p>{text}</p>
        {last_error && (
          <p class="health-error">
            {words.health.lastError(at(last_error.at))} <code>{last_error.message}</code>
          </p>
        )}
      </div>
      <dl class="facts">
        <Fact name={words.waiting} more={sizes(buffered)}>
          <Count of={buffered.events} /> {words.eventsOf(buffered.events)}
        </Fact>
        <Fact name={words.oldest} more={buffered.oldest ? words.since(at(buffered.oldest)) : words.nothingWaits}>
          {buffered.oldest ? elapsed(buffered.oldest, now) : '–'}
        </Fact>
        <Fact name={words.lastWritten} more={last_flush ? at(last_flush) : words.neverYet}>
          {last_flush ? words.ago(elapsed(last_flush, now)) : '–'}
        </Fact>
        <Fact name={words.nextWritten} more={next_flush ? words.nextAt(at(next_flush)) : words.nextHit}>
          {next_flush ? until(next_flush, now) : '–'}
        </Fact>
        <Fact name={words.collectors} more={collectors === 1 ? words.oneCollector : words.manyCollectors}>
          {collectors}
        </Fact>
      </dl>
    </Card>
  );
}

function sizes({ bytes: log, replay_bytes: replays }: StatusJson['buffered']): string {
  return replays > 0 ? words.sizes(log > 0 ? bytes(log) : null, bytes(replays)) : bytes(log);
}

interface FactProps {
  name: string;
  more: preact.ComponentChildren;
  children: preact.ComponentChildren;
}

function Fact({ name, more, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        <div class="fact-more">{more}</div>
      </dd>
    </div>
  );
}
