import { useRef, useState } from 'preact/hooks';
import type { LiveEvent, LiveVisitor } from '../../contract/api.ts';
import { PAGEVIEW } from '../../contract/wire.ts';
import { timeOfDay } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Flag } from '../ui/flag.tsx';
import { Middle } from '../ui/middle.tsx';
import { live as words } from '../words/live.ts';
import { keyOf } from './feed.ts';
import { Recording } from './who.tsx';

interface Props {
  events: LiveEvent[];
  visitors: LiveVisitor[];
  timezone: string;
  base: string;
  /** Nobody tells any more: there is nothing to hold. */
  lost: boolean;
}

/** What happens, as it happens, newest first. It holds still while somebody points at it, or says so. */
export function Stream({ events, visitors, timezone, base, lost }: Props) {
  const [paused, setPaused] = useState(false);
  const [looking, setLooking] = useState(false);
  const held = useRef<LiveEvent[]>(events);
  const still = paused || looking;
  if (!still) held.current = events;
  const shown = held.current;
  const newest = shown[0]?.time ?? 0;
  const fresh = still ? events.filter(({ time }) => time > newest).length : 0;
  const known = new Map(visitors.map((one) => [one.visit, one]));
  return (
    <Card
      title={words.stream}
      class="live-card"
      aside={
        !lost && (
          <div class="row stream-head">
            <span class="stream-state">{still ? words.held(fresh) : ''}</span>
            <Button kind="quiet" aria-pressed={paused ? 'true' : 'false'} onClick={() => setPaused(!paused)}>
              {paused ? words.resume : words.pause}
            </Button>
          </div>
        )
      }
    >
      {shown.length === 0 && <p class="list-note">{words.nothingYet}</p>}
      <ul
        class="live-rows stream"
        aria-label={words.events}
        onPointerEnter={(event) => event.pointerType === 'mouse' && setLooking(true)}
        onPointerLeave={() => setLooking(false)}
        onFocusIn={() => setLooking(true)}
        onFocusOut={() => setLooking(false)}
      >
        {shown.map((event) => {
          const visitor = known.get(event.visit);
          const view = event.name === PAGEVIEW;
          return (
            <li key={keyOf(event)} class={view ? 'live-row' : 'live-row event'}>
              {visitor?.country ? <Flag code={visitor.country} /> : <span class="flag" aria-hidden="true" />}
              <span class="live-strong">
                {view ? (
                  <Middle text={event.page} />
                ) : (
                  <>
                    <strong class="live-event">{event.name}</strong>
                    <span class="live-on">
                      <span class="sr">{words.on} </span>
                      <Middle text={event.page} />
                    </span>
                  </>
                )}
              </span>
              <time class="live-when" dateTime={new Date(event.time).toISOString()}>
                {timeOfDay(event.time, timezone)}
              </time>
              <Recording
                visit={event.visit}
                recorded={visitor?.recorded ?? false}
                base={base}
                of={words.eventOn(event.name, event.page)}
              />
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
