import type { Part } from '../lib/part.ts';

interface Entry extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  interactionId: number;
}

/** Interactions of which the slowest is left out as an outlier: https://web.dev/articles/inp */
const OUTLIER = 50;

/**
 * How fast this page was for this visitor, once, when it is left: ttfb, fcp, lcp and inp in milliseconds, and cls.
 * https://web.dev/articles/vitals
 */
export const vitals: Part = (_footfall, on, hit) => {
  const props: Record<string, number> = {};
  let told = false;
  const watch = (type: string, run: (entry: Entry) => void) => {
    try {
      const observer = new PerformanceObserver((list) => {
        if (!told) (list.getEntries() as Entry[]).forEach(run);
      });
      observer.observe({ type, buffered: true, durationThreshold: 40 } as PerformanceObserverInit);
    } catch {} // a browser that doesn't measure this
  };
  watch('navigation', (entry) => {
    props.ttfb = Math.round((entry as never as PerformanceNavigationTiming).responseStart);
  });
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') props.fcp = Math.round(startTime);
  });
  watch('largest-contentful-paint', ({ startTime }) => {
    props.lcp = Math.round(startTime);
  });
  // The worst burst of shifts: less than a second apart, five seconds in all.
  let first = 0;
  let last = 0;
  let burst = 0;
  watch('layout-shift', ({ value, startTime, hadRecentInput }) => {
    if (hadRecentInput) return;
    if (startTime - last > 1e3 || startTime - first > 5e3) {
      first = startTime;
      burst = 0;
    }
    last = startTime;
    burst += value;
    props.cls = Math.max(props.cls || 0, Math.round(burst * 1e4) / 1e4);
  });
  const slowest = new Map<number, number>();
  watch('event', ({ interactionId, duration }) => {
    if (!interactionId) return;
    slowest.set(interactionId, Math.max(slowest.get(interactionId) || 0, duration));
    const durations = [...slowest.values()].sort((a, b) => b - a);
    props.inp = durations[Math.min(durations.length - 1, (durations.length / OUTLIER) | 0)] as number;
  });
  on('visibilitychange pagehide', ({ type }) => {
    if (told || (type !== 'pagehide' && !document.hidden) || !('ttfb' in props)) return;
    told = true;
    props.cls ||= 0;
    hit({ name: 'Web Vitals', props, interactive: false });
  });
};
