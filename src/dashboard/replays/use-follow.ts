import { useEffect, useRef } from 'preact/hooks';

/** Keeps the line that is being shown in view, unless somebody reads elsewhere. @returns what the list is to have */
export function useFollow(now: number) {
  const list = useRef<HTMLOListElement>(null);
  const reading = useRef(false);

  useEffect(() => {
    const box = list.current;
    const line = box?.children[now] as HTMLElement | undefined;
    if (!box || !line || reading.current) return;
    const above = line.offsetTop - box.offsetTop < box.scrollTop + 24;
    const below = line.offsetTop - box.offsetTop + line.offsetHeight > box.scrollTop + box.clientHeight - 24;
    if (above || below) box.scrollTop = line.offsetTop - box.offsetTop - box.clientHeight / 3;
  }, [now]);

  const reads = (is: boolean) => () => {
    reading.current = is;
  };
  return { ref: list, onPointerEnter: reads(true), onPointerLeave: reads(false) };
}
