import { useEffect, useRef, useState } from 'preact/hooks';

/** A box that may fill the screen. @param refused told where the browser doesn't let it */
export function useFullScreen(refused: () => void) {
  const ref = useRef<HTMLDivElement>(null);
  const [full, setFull] = useState(false);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement === ref.current);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  const toggle = () => {
    const done = document.fullscreenElement ? document.exitFullscreen() : ref.current?.requestFullscreen?.();
    done?.catch(refused);
  };
  return { ref, full, toggle };
}
