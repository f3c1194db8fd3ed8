import { STRIP_BIT } from '../../contract/replay.ts';
import { replays as words } from '../words/replays.ts';

/** In the order of what is drawn over what: each with its height, in parts of twelve, from the ground. */
const MARKS = [
  ['page', STRIP_BIT.page, 12],
  ['click', STRIP_BIT.clicks, 4],
  ['mild', STRIP_BIT.dead_clicks | STRIP_BIT.quick_backs | STRIP_BIT.abandoned_forms | STRIP_BIT.slow_interactions, 7],
  ['bad', STRIP_BIT.errors | STRIP_BIT.rage_clicks, 10],
] as const;

/** Where in a recording something happened, at a glance; how much of it is told beside. */
export function Strip({ parts }: { parts: number[] }) {
  return (
    <svg
      class="strip"
      viewBox={`0 0 ${parts.length * 2} 12`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words.stripLabel}
    >
      <title>{words.stripTitle}</title>
      <rect class="strip-ground" y="11.2" width="100%" height="0.8" />
      {MARKS.flatMap(([kind, bit, high]) =>
        parts.map((bits, i) =>
          bits & bit ? (
            <rect
              key={`${kind} ${i}`}
              class={`strip-${kind}`}
              x={i * 2}
              y={12 - high}
              width={kind === 'page' ? 0.7 : 1.5}
              height={high}
            />
          ) : null,
        ),
      )}
    </svg>
  );
}
