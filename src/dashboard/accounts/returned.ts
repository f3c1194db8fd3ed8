import { useEffect, useState } from 'preact/hooks';

const AWAY_MS = 60_000;

/** Grows when somebody comes back to this tab after a minute or more: what it shows may be old. */
export function useReturned(): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let left = Date.now();
    const changed = () => {
      if (document.hidden) left = Date.now();
      else if (Date.now() - left > AWAY_MS) setTurn((n) => n + 1);
    };
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }, []);
  return turn;
}
