import { Menu } from '../ui/menu.tsx';
import { Icon } from './icons.tsx';
import type { Owner } from './theatre.tsx';

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
        <button type="button" class="button quiet icon" aria-label="Back" title="Back" onClick={owner.onBack}>
          <Icon name="left" />
        </button>
      )}
      <h1 class="player-title">
        <span class="player-domain">{domain || 'Recording'}</span>
        {(place > 0 || about) && <span class="muted player-place">{about ?? `${place} of ${total}`}</span>}
      </h1>
      {owner && (
        <>
          <button
            type="button"
            class="button"
            disabled={!previous}
            aria-label="Previous visit"
            title="Previous visit (P)"
            onClick={() => owner.onVisit(previous?.session)}
          >
            <Icon name="previous" />
            <span class="wide">Previous</span>
          </button>
          <button
            type="button"
            class="button"
            disabled={!next}
            aria-label="Next visit"
            title="Next visit (N)"
            onClick={() => owner.onVisit(next?.session)}
          >
            <span class="wide">Next visit</span>
            <Icon name="next" />
          </button>
        </>
      )}
      {onCopy && (
        <button
          type="button"
          class="button icon player-share"
          aria-label="Copy a link to this moment"
          title="Copy a link to this moment"
          onClick={onCopy}
        >
          <Icon name="link" />
        </button>
      )}
      <Menu
        class="button icon"
        align="end"
        name="More"
        label={<Icon name="more" />}
        items={[
          ...(onCopy ? [{ label: 'Copy a link to this moment', onPick: onCopy }] : []),
          { label: 'Keyboard shortcuts', hint: '?', onPick: onKeys },
          ...(owner
            ? [
                { label: 'Share with somebody…', divided: true, onPick: onShare },
                { label: 'Download as one file', onPick: owner.onDownload },
                { label: 'Delete this recording…', divided: true, onPick: onDelete },
                ...(owner.forgetting ? [{ label: 'Delete this visitor…', onPick: onForget }] : []),
              ]
            : []),
        ]}
      />
    </header>
  );
}
