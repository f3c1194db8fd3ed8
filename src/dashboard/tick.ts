import { useEffect, useState } from 'preact/hooks';

/** Grows every `ms` while somebody looks, and at once when somebody comes back after that long. */
export function useTick(ms: number): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    let last = Date.now();
    const beat = () => {
      if (document.hidden || Date.now() - last < ms) return;
      last = Date.now();
      setTick((n) => n + 1);
    };
    // Asked more often than it beats, so that a beat missed in the background is made up for.
    const timer = setInterval(beat, Math.max(250, ms / 4));
    document.addEventListener('visibilitychange', beat);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', beat);
    };
  }, [ms]);
  return tick;
}
