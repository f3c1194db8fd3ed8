import { Menu } from '../ui/menu.tsx';
import { player as words } from '../words/player.ts';
import { Icon } from './icons.tsx';
import type { Owner } from './owner.ts';

interface Props {
  domain: string;
  about: string | undefined;
  owner: Owner | undefined;
  /** None in a file, whose address is nobody else's. */
  onCopy?: () => void;
  onKeys: () => void;
  onShare: () => void;
  onDelete: () => void;
  onForget: () => void;
}

/** The row above the picture: what is watched, and where to go from here. */
export function PlayerTop({ domain, about, owner, onCopy, onKeys, onShare, onDelete, onForget }: Props) {
  const { place = 0, total = 0, previous, next } = owner?.queue ?? {};
  return (
    <header class="player-top">
      {owner && (
        <button
          type="button"
          class="button quiet icon"
          aria-label={words.back}
          title={words.back}
          onClick={owner.onBack}
        >
          <Icon name="left" />
        </button>
      )}
      <h1 class="player-title">
        <span class="player-domain">{domain || words.recording}</span>
        {(place > 0 || about) && <span class="muted player-place">{about ?? words.place(place, total)}</span>}
      </h1>
      {owner && (
        <>
          <button
            type="button"
            class="button"
            disabled={!previous}
            aria-label={words.previousVisit}
            title={words.previousKey}
            onClick={() => owner.onVisit(previous?.session)}
          >
            <Icon name="previous" />
            <span class="wide">{words.previous}</span>
          </button>
          <button
            type="button"
            class="button"
            disabled={!next}
            aria-label={words.nextVisit}
            title={words.nextKey}
            onClick={() => owner.onVisit(next?.session)}
          >
            <span class="wide">{words.next}</span>
            <Icon name="next" />
          </button>
        </>
      )}
      {onCopy && (
        <button
          type="button"
          class="button icon player-share"
          aria-label={words.copyLink}
          title={words.copyLink}
          onClick={onCopy}
        >
          <Icon name="link" />
        </button>
      )}
      <Menu
        class="button icon"
        align="end"
        name={words.more}
        label={<Icon name="more" />}
        items={[
          ...(onCopy ? [{ label: words.copyLink, onPick: onCopy }] : []),
          { label: words.shortcuts, hint: '?', onPick: onKeys },
          ...(owner
            ? [
                { label: words.share, divided: true, onPick: onShare },
                { label: words.download, onPick: owner.onDownload },
                { label: words.delete, divided: true, onPick: onDelete },
                ...(owner.forgetting ? [{ label: words.forget, onPick: onForget }] : []),
              ]
            : []),
        ]}
      />
    </header>
  );
}
