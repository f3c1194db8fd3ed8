import type { HeatmapJson } from '../../contract/api.ts';
import { eventsOf, firstSnapshot, type Load, Lost } from '../replays/chunks.ts';
import { runs } from '../replays/library.ts';
import { Projector, type Size } from '../replays/projector.ts';
import { Sheets } from '../replays/sheets.ts';
import type { MakePlace } from '../replays/stage.tsx';

/** A page as a recording shows it at a moment, standing still. */
export interface Picture {
  size: Size;
  document: Document;
  destroy(): void;
}

/**
 * Shows where a recording has the page, in a place of the stage.
 * @throws Lost when its bytes are gone, or no use
 */
export async function show(
  chunks: NonNullable<HeatmapJson['picture']>['chunks'],
  load: Load,
  place: MakePlace,
  signal: AbortSignal,
): Promise<Picture> {
  const bytes = (await Promise.all(runs(chunks).map((run) => load.chunks(run, signal)))).flat();
  const parts = await Promise.all(bytes.map(eventsOf));
  const events = await new Sheets(load.sheet).putBack(parts.flat(), signal);
  const first = firstSnapshot(events);
  const [last, skew] = [events.at(-1), chunks[0]?.skew ?? 0];
  if (first < 0 || !last) throw new Lost('unopened');
  let size: Size | undefined;
  const root = place();
  const projector = new Projector(root, events.slice(first), skew, 1, (resized) => {
    size = resized;
  });
  await projector.settled();
  projector.show(last.timestamp + skew);
  const pointer = root.querySelector<HTMLElement>('.replayer-mouse');
  if (pointer) pointer.style.display = 'none';
  const { document } = projector;
  if (!size || !document) throw new Lost('empty');
  return { size, document, destroy: () => projector.destroy() };
}
