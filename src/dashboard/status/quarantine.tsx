import { useState } from 'preact/hooks';
import type { QuarantineJson, SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { moment } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorState, explain } from '../ui/error-state.tsx';
import { Middle } from '../ui/middle.tsx';
import { toast } from '../ui/toast.tsx';
import { status as words } from '../words/status.tsx';
import { held, meant } from './held.ts';

interface Props {
  site: SiteJson;
  /** How many there are, as the status says. */
  count: number;
  /** The status is no longer what it was. */
  onChange: () => void;
}

/** Events that Postgres refused for good: kept, to be tried again when the reason is gone, or dropped. */
export function Quarantine({ site, count, onChange }: Props) {
  const path = `/sites/${site.id}/quarantine`;
  const answer = useData(
    // Asking writes out what waits: not before there is something to see.
    count > 0 ? `quarantine ${site.id}` : null,
    (signal) => api<{ results: QuarantineJson[] }>('GET', path, undefined, signal),
    { turn: count },
  );
  const [dropping, setDropping] = useState<QuarantineJson[] | null>(null);
  /** Of the events under way: which, and how many are done. */
  const [work, setWork] = useState<{ ids: number[]; done: number } | null>(null);
  const results = count > 0 ? (answer.data?.results ?? []) : [];
  const releasable = results.filter((one) => held(one).releasable);

  const each = async (events: QuarantineJson[], act: (id: number) => Promise<void>) => {
    const ids = events.map(({ id }) => id);
    for (const [done, id] of ids.entries()) {
      setWork({ ids, done });
      await act(id).catch((error: unknown) => {
        // Somebody else was faster: gone is what was wanted.
        if (!(error instanceof Error && 'code' in error && error.code === 'not_found')) throw error;
      });
    }
  };
  const release = (events: QuarantineJson[]) => {
    const before = new Set(results.map(({ id }) => id));
    const run = async () => {
      await each(events, (id) => api('POST', `${path}/${id}/release`));
      const after = await api<{ results: QuarantineJson[] }>('GET', path);
      const back = after.results.filter(({ id }) => !before.has(id)).length;
      const landed = Math.max(0, events.length - back);
      if (back === 0) toast(words.quarantine.released(landed));
      else if (landed === 0) toast(words.quarantine.refusedAgain, { bad: true });
      else toast(words.quarantine.someRefused(landed, back), { bad: true });
    };
    void run().catch(failed).finally(over);
  };
  const drop = async (events: QuarantineJson[]) => {
    await each(events, (id) => api('DELETE', `${path}/${id}`));
    toast(words.quarantine.dropped(events.length));
  };
  const failed = (error: unknown) => toast(explain(error), { bad: true });
  const over = () => {
    setWork(null);
    answer.refresh();
    onChange();
  };
  const many = work && work.ids.length > 1 ? words.quarantine.underWay(work.done + 1, work.ids.length) : null;

  return (
    <Card
      title={words.quarantine.card}
      class="padded quarantine"
      aside={
        results.length > 1 && (
          <div class="row">
            {releasable.length > 1 && (
              <Button busy={work !== null} onClick={() => release(releasable)}>
                {many ?? words.quarantine.releaseAll}
              </Button>
            )}
            <Button kind="danger" disabled={work !== null} onClick={() => setDropping(results)}>
              {words.quarantine.dropAll}
            </Button>
          </div>
        )
      }
    >
      {count === 0 && <p class="muted quarantine-empty">{words.quarantine.empty}</p>}
      {count > 0 && !answer.data && answer.error && <ErrorState error={answer.error} retry={answer.refresh} />}
      {count > results.length && results.length > 0 && (
        <p class="muted small">{words.quarantine.newest(results.length, count)}</p>
      )}
      {results.length > 0 && (
        <ul class="held-list">
          {results.map((one) => (
            <HeldRow
              key={one.id}
              one={one}
              timezone={site.timezone}
              busy={work !== null}
              mine={work?.ids.includes(one.id) ?? false}
              onRelease={() => release([one])}
              onDrop={() => setDropping([one])}
            />
          ))}
        </ul>
      )}
      {dropping && (
        <AskDrop
          events={dropping}
          onClose={() => setDropping(null)}
          onDrop={async () => {
            try {
              await drop(dropping);
            } finally {
              over();
            }
          }}
        />
      )}
    </Card>
  );
}

interface RowProps {
  one: QuarantineJson;
  timezone: string;
  busy: boolean;
  /** It is this one that something is being done with. */
  mine: boolean;
  onRelease: () => void;
  onDrop: () => void;
}

function HeldRow({ one, timezone, busy, mine, onRelease, onDrop }: RowProps) {
  const { title, more, time, releasable } = held(one);
  return (
    <li class="held">
      <div class="held-what">
        <p class="held-title">
          <Middle text={title} />
        </p>
        <p class="muted small">
          {[time === null ? '' : moment(time, timezone), ...more].filter(Boolean).join(' · ') || '\u00a0'}
        </p>
        <p class="held-why">
          {meant(one.reason)} <code>{one.reason}</code>
        </p>
        <details class="held-all">
          <summary>{words.quarantine.whole}</summary>
          <pre>{JSON.stringify(one.event, null, 2)}</pre>
        </details>
      </div>
      <div class="row held-acts">
        {releasable ? (
          <Button busy={mine} disabled={busy} onClick={onRelease} aria-label={words.quarantine.releaseOf(title)}>
            {words.quarantine.release}
          </Button>
        ) : (
          <span class="muted small">{words.quarantine.withoutBytes}</span>
        )}
        <Button kind="danger" disabled={busy} onClick={onDrop} aria-label={words.quarantine.dropOf(title)}>
          {words.quarantine.askDrop}
        </Button>
      </div>
    </li>
  );
}

interface AskProps {
  events: QuarantineJson[];
  onClose: () => void;
  onDrop: () => Promise<void>;
}

function AskDrop({ events, onClose, onDrop }: AskProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const count = events.length;
  const go = () => {
    setBusy(true);
    onDrop().then(onClose, (thrown: unknown) => {
      setBusy(false);
      setError(thrown);
    });
  };
  return (
    <Dialog title={words.quarantine.dropTitle(count)} onClose={onClose}>
      <p>{words.quarantine.dropMeans(count)}</p>
      {error !== null && (
        <p class="bad" role="alert">
          {explain(error)}
        </p>
      )}
      <div class="dialog-foot">
        <Button onClick={onClose}>{words.quarantine.keep(count)}</Button>
        <Button kind="danger" busy={busy} onClick={go}>
          {words.quarantine.drop}
        </Button>
      </div>
    </Dialog>
  );
}
