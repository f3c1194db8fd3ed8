import type { SiteJson } from '../../contract/api.ts';
import { isOfSite } from '../../contract/url.ts';
import { dates, moment } from '../format.ts';
import { type Question, useAnswer } from '../site/ask.ts';
import { dayIn } from '../site/ranges.ts';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Middle } from '../ui/middle.tsx';
import { Count } from '../ui/number.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Table } from '../ui/table.tsx';
import { installation as words } from '../words/installation.tsx';

const SHOWN = 10;
/** Of as many hosts all hours of seven days, one of which may have one more. */
const HOURS = SHOWN * (7 * 24 + 1);

const week = { date_range: '7d', metrics: ['visits'] } satisfies Partial<Question>;

/** Where the visits of the last seven days came from, and when each host was last seen. Asked once: asking writes out what waits. */
export function Hosts({ site }: { site: SiteJson }) {
  const hosts = useAnswer(site, {
    ...week,
    dimensions: ['event:hostname'],
    include: { total_rows: true },
    pagination: { limit: SHOWN },
  });
  const names = hosts.data?.results.map(({ dimensions: [host = ''] }) => host) ?? [];
  const hours = useAnswer(
    site,
    names.length > 0
      ? {
          ...week,
          dimensions: ['event:hostname', 'time:hour'],
          filters: [['is', 'event:hostname', names]],
          pagination: { limit: HOURS },
        }
      : null,
  );
  if (!hosts.data) {
    return hosts.error ? <ErrorState error={hosts.error} retry={hosts.refresh} /> : <Skeleton height="6rem" />;
  }
  const last = new Map<string, string>();
  for (const { dimensions } of hours.data?.results ?? []) {
    const [host = '', hour = ''] = dimensions;
    if (hour > (last.get(host) ?? '')) last.set(host, hour);
  }
  const rows = hosts.data.results.map(({ dimensions: [host = ''], metrics: [visits] }) => ({
    host,
    visits: visits ?? 0,
    last: last.get(host),
  }));
  const more = (hosts.data.meta.total_rows ?? 0) - rows.length;
  const again = () => {
    hosts.refresh();
    hours.refresh();
  };
  return (
    <div class="hosts">
      {rows.length > 0 ? (
        <Table
          caption={words.hostsCaption}
          rows={rows}
          rowKey={({ host }) => host}
          columns={[
            { head: words.host, cell: ({ host }) => <Host host={host} domain={site.domain} />, class: 'host' },
            { head: words.visits, numeric: true, cell: ({ visits }) => <Count of={visits} /> },
            {
              head: words.lastSeen,
              numeric: true,
              cell: ({ last }) => last && <Hour hour={last} timezone={site.timezone} />,
            },
          ]}
        />
      ) : (
        <p class="muted">{words.noHosts}</p>
      )}
      {more > 0 && <p class="muted">{words.moreHosts(more)}</p>}
      <Button onClick={again}>{words.again}</Button>
    </div>
  );
}

function Host({ host, domain }: { host: string; domain: string }) {
  return (
    <>
      <Middle text={host} />
      {!isOfSite(host, domain) && <span class="foreign">{words.foreign}</span>}
    </>
  );
}

const HOUR_MS = 3_600_000;

/** An hour as an answer labels it, in the site's zone already: the running one, one of today, or the day of an earlier one. */
function Hour({ hour, timezone }: { hour: string; timezone: string }) {
  const from = Date.parse(`${hour.slice(0, 19).replace(' ', 'T')}Z`);
  const time = dates({ hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  const day = dates({ day: 'numeric', month: 'short', timeZone: 'UTC' });
  const age = wallClock(timezone) - from;
  const today = hour.startsWith(dayIn(timezone, Date.now()));
  const said = age < HOUR_MS ? words.thisHour : today ? time.formatRange(from, from + HOUR_MS) : day.format(from);
  return <span title={words.inHour(moment(from, 'UTC'))}>{said}</span>;
}

/** What a zone's clocks show now, as if it were UTC. */
function wallClock(timeZone: string): number {
  // In Swedish a time is written as in ISO 8601.
  return Date.parse(
    `${dates({ dateStyle: 'short', timeStyle: 'medium', timeZone }, 'sv').format().replace(' ', 'T')}Z`,
  );
}
