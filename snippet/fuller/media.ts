import { record } from '@rrweb/record';
import { listen } from '../lib/listen.ts';
import type { Recorder } from './fuller.ts';

/** rrweb's numbers of what happens to a video or to audio. */
const KINDS = ['play', 'pause', 'seeked', 'volumechange', 'ratechange'];
/** Of one kind and element, at most one in so long: a slider is dragged. */
const EVERY_MS = 500;

/** Records what is done with videos and audio. What they show comes from their address. */
export function media({ rules, on, emit, run }: Recorder): void {
  const told = new WeakMap<EventTarget, Record<string, number>>();
  listen(KINDS.join(' '), ({ type, target }) => {
    if (!on()) return;
    run(() => {
      const { currentTime, volume, muted, playbackRate, loop } = target as HTMLMediaElement;
      const id = record.mirror.getId(target as Node);
      const last = told.get(target as EventTarget) || {};
      const now = Date.now();
      if (id < 0 || currentTime === undefined || rules.blocked(target as Element)) return;
      if (now - (last[type] || 0) < EVERY_MS && type !== 'play' && type !== 'pause') return;
      told.set(target as EventTarget, { ...last, [type]: now });
      const state = { currentTime, volume, muted, playbackRate, loop };
      emit({ type: 3, timestamp: now, data: { source: 7, type: KINDS.indexOf(type), id, ...state } });
    });
  });
}
