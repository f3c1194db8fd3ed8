import { useMemo, useState } from 'preact/hooks';
import type { NoteJson, SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { back, go, place } from '../router.ts';
import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { later } from '../ui/later.tsx';
import { toast } from '../ui/toast.tsx';
import { player as words } from '../words/player.ts';
import { recordingAt } from './ask.ts';
import { fromNetwork } from './chunks.ts';
import { withoutTime } from './deep-link.ts';
import type { Owner } from './owner.ts';
import { isPlayingAll, useQueue } from './queue.ts';
import { Theatre } from './theatre.tsx';
import { useDetail } from './use-detail.ts';
import './story.css';
import './player.css';

const NONE: NoteJson[] = [];
const NoteDialog = later(() => import('./note-dialog.tsx').then((module) => module.NoteDialog));
const ForgetVisitor = later(() => import('../visits/forget-visitor.tsx').then((module) => module.ForgetVisitor));
const ShareDialog = later(() => import('./share-dialog.tsx').then((module) => module.ShareDialog));

/** One recording, played. */
export default function Page({ params }: PageProps) {
  const { id = '', session = '' } = params;
  const scope = withoutTime(place().search);
  return <Player key={`${id} ${session}`} id={id} session={session} scope={scope} />;
}

function Player({ id, session, scope }: { id: string; session: string; scope: string }) {
  const base = `/sites/${encodeURIComponent(id)}`;
  const { path, key, index } = useMemo(() => recordingAt(id, session), [id, session]);
  const site = useData(`site ${id}`, (signal) => api<SiteJson>('GET', base, undefined, signal));
  const network = useMemo(() => fromNetwork(`/api/v1${path}`, `/api/v1${base}/sheets`), [base, path]);
  const { data: detail, error, refresh, live, load, watching } = useDetail({ key, index, load: network, path });
  // What comes after this one can wait until this one is there.
  const [opened, setOpened] = useState(false);
  const queue = useQueue(opened ? encodeURIComponent(id) : null, Number(session), scope);
  const all = `${base}/replays${scope}`;
  const visit = `${base}/visits/${encodeURIComponent(session)}${scope}`;
  // In the player's place is one of the site's pages: it has the ways on from here.
  if (error?.status === 404) {
    return (
      <SiteFrame id={id} current="recordings">
        {() => (
          <EmptyState title={words.noRecording} action={{ label: words.toVisit, href: visit }}>
            {words.noRecordingText}
          </EmptyState>
        )}
      </SiteFrame>
    );
  }
  if (error && !detail) {
    return (
      <SiteFrame id={id} current="recordings">
        {() => <ErrorState error={error} title={words.notOpened} retry={refresh} />}
      </SiteFrame>
    );
  }
  const known = { domain: site.data?.domain ?? '', timezone: site.data?.timezone ?? 'UTC' };
  const owner: Owner = {
    ...{ queue, playingAll: isPlayingAll(scope), visit, onOpened: () => setOpened(true), onBack: () => back(all) },
    // In the place of this one: back is where the first of them was opened from.
    onVisit: (next) => next && go(`${base}/replays/${next}${scope}`, { replace: true }),
    notes: detail?.notes ?? NONE,
    onDeleteNote: (id) =>
      void api('DELETE', `${path}/notes/${id}`).then(refresh, () => toast(words.noteNotDeleted, { bad: true })),
    noting: (time, at, onClose) => (
      <NoteDialog
        at={at}
        onClose={onClose}
        onAdd={async (text) => {
          await api('POST', `${path}/notes`, { time, text });
          refresh();
        }}
      />
    ),
    sharing: (onClose) => <ShareDialog path={path} timezone={known.timezone} onClose={onClose} />,
    ...(detail?.visit && {
      forgetting: (onClose: () => void) => (
        <ForgetVisitor
          site={base}
          visitor={detail.visit?.visitor ?? ''}
          onClose={onClose}
          onGone={() => go(all, { replace: true })}
        />
      ),
    }),
    onDownload() {
      if (!detail) return;
      toast(words.downloading);
      import('./download.ts')
        .then(({ download }) => download({ detail, load, ...known }))
        .catch(() => toast(words.notDownloaded, { bad: true }));
    },
    async onDelete() {
      await api('DELETE', path);
      toast(words.deleted);
      back(all);
    },
  };
  return <Theatre key={session} {...{ load, detail, live, watching, owner, ...known }} />;
}
