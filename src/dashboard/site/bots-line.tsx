import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { Warning } from '../../contract/query.ts';
import { useWanted } from '../data.ts';
import { percent } from '../format.ts';
import { later } from '../ui/later.tsx';
import { overview as words } from '../words/overview.tsx';
import { botsOf } from './questions.ts';
import { show, type View } from './view.ts';
import { warned } from './warned.ts';

const BotsDialog = later(() => import('./bots-dialog.tsx').then((module) => module.BotsDialog));

interface Props {
  site: SiteJson;
  view: View;
  base: string;
  /** What the numbers' answer warns of. */
  warnings: Warning[] | undefined;
}

/** How much of the range was bots, why, and the way to count them, too. Keeps its place. */
export function BotsLine({ site, view, base, warnings = [] }: Props) {
  const [open, setOpen] = useState(false);
  const { data, stale } = useWanted(botsOf(site.domain, view));
  const share = data?.bot_visits_share ?? null;
  const some = (data?.bot_visits ?? 0) > 0;
  return (
    <>
      <p class="bots-line" aria-busy={stale ? 'true' : undefined}>
        {data && share !== null && (some ? words.bots.share(percent(share)) : words.bots.none)}
        {some && (
          <>
            {' · '}
            <button type="button" onClick={() => setOpen(true)}>
              {words.bots.why}
            </button>
          </>
        )}
        {(some || view.bots) && (
          <>
            {' · '}
            <button type="button" onClick={() => show(view, { bots: !view.bots })}>
              {view.bots ? words.bots.leaveOut : words.bots.count}
            </button>
          </>
        )}
        {warnings.map(warned).map((text) => text && ` · ${text}`)}
      </p>
      {open && data && <BotsDialog bots={data} base={base} onClose={() => setOpen(false)} />}
    </>
  );
}
