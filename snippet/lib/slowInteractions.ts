/** From here on an answer to an interaction is poor: https://web.dev/articles/inp */
const SLOW_MS = 500;

/** Calls back for each tap, click or key after which nothing could be painted for too long. */
export function slowInteractions(slow: (ms: number, type: string) => void): void {
  let last = 0;
  try {
    new PerformanceObserver((list) => {
      // A click is told as what it consists of, too.
      for (const { interactionId, duration, name } of list.getEntries() as PerformanceEventTiming[])
        if (interactionId && interactionId !== last && duration > SLOW_MS) {
          last = interactionId;
          slow(Math.round(duration), name);
        }
    }).observe({ type: 'event', durationThreshold: SLOW_MS } as PerformanceObserverInit);
  } catch {} // a browser that doesn't measure this
}
