import { useState } from 'preact/hooks';
import { FRICTION } from '../../contract/replay.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { counts } from '../words/counts.ts';
import { player as words } from '../words/player.ts';
import { LogList } from './log-list.tsx';
import type { Log } from './logs.ts';
import type { Owner } from './owner.ts';
import type { Line } from './story.ts';
import { StoryList } from './story-list.tsx';
import type { Played } from './use-detail.ts';
import { Visitor } from './visitor.tsx';

/** What can be read beside the picture. */
const SIDES = ['story', 'logs'] as const;
type Side = (typeof SIDES)[number];

interface Props {
  detail: Played | undefined;
  lines: Line[];
  /** Of console and requests; `any`: somebody had them recorded. */
  logs: { all: Log[]; any: boolean };
  from: number;
  time: number;
  timezone: string;
  owner: Owner | undefined;
  /** Whether flags can be had. */
  flag: boolean;
  onSeek: (time: number) => void;
  onNote: () => void;
}

/** Whose visit it was, and what happened in it. */
export function PlayerSide({ detail, lines, logs, from, time, timezone, owner, flag, onSeek, onNote }: Props) {
  const [side, setSide] = useState<Side>('story');
  return (
    <aside class="player-side" aria-label={words.visit}>
      {detail ? (
        <Visitor
          visit={detail.visit}
          recorded={detail}
          timezone={timezone}
          flag={flag}
          {...(owner && { more: owner.visit })}
        />
      ) : (
        <Waiting facts={owner ? 8 : 7} />
      )}
      <div class="side-head">
        {logs.any ? (
          <Tabs
            label={words.beside}
            tabs={SIDES.map((id) => ({ id, label: words.sides[id] }))}
            current={side}
            controls="player-side"
            onPick={(id) => setSide(id as Side)}
          />
        ) : (
          <h2>{words.sides.story}</h2>
        )}
        {side === 'story' && <span class="side-sum">{detail && sumOf(detail)}</span>}
        {owner && (
          <button type="button" class="side-note" title={words.noteTitle} onClick={onNote}>
            {words.note}
          </button>
        )}
      </div>
      <div id="player-side" class="side-panel">
        {detail && side === 'story' && (
          <StoryList lines={lines} from={from} time={time} onSeek={onSeek} onDeleteNote={owner?.onDeleteNote} />
        )}
        {side === 'logs' && <LogList logs={logs.all} from={from} time={time} onSeek={onSeek} />}
      </div>
    </aside>
  );
}

/** The place of what is told of a visitor: so many lines as of most. */
function Waiting({ facts }: { facts: number }) {
  return (
    <div class="visitor" aria-busy="true">
      {Array.from({ length: facts }, (_, i) => (
        <div key={i}>
          {'\u00a0'}
          <Skeleton width="60%" height="0.8em" />
        </div>
      ))}
    </div>
  );
}

/** 8 clicks · 1 error · 2 rage clicks. */
function sumOf(replay: Played): string {
  return (['clicks', ...FRICTION] as const)
    .flatMap((kind) => (replay[kind] ? [counts[kind](replay[kind])] : []))
    .join(' · ');
}
