import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { forget, renew } from '../data.ts';
import { go } from '../router.ts';
import { Button } from '../ui/button.tsx';
import { explain } from '../ui/error-state.tsx';
import { toast } from '../ui/toast.tsx';
import { settings as words } from '../words/settings.tsx';
import { ConfirmTyped } from './confirm-typed.tsx';

/** Puts a site out of the way, and brings it back. */
export function ArchiveSite({ site }: { site: SiteJson }) {
  const [busy, setBusy] = useState(false);
  const { archived } = site;
  const change = async () => {
    setBusy(true);
    try {
      await api('PATCH', `/sites/${site.id}`, { archived: !archived });
      toast(archived ? words.countsAgain(site.domain) : words.archived(site.domain));
      renew();
    } catch (error) {
      toast(explain(error), { bad: true });
    }
    setBusy(false);
  };
  return (
    <Button busy={busy} onClick={() => void change()}>
      {archived ? words.bringBack : words.archiveSite}
    </Button>
  );
}

/** The one thing here that can't be undone: its name has to be typed. */
export function DeleteSite({ site }: { site: SiteJson }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {words.deleteSite}
      </Button>
      {asking && <Ask site={site} onClose={() => setAsking(false)} />}
    </>
  );
}

function Ask({ site, onClose }: { site: SiteJson; onClose: () => void }) {
  const act = async () => {
    await api('DELETE', `/sites/${site.id}`);
    forget();
    toast(words.deleted(site.domain));
    go('/', { replace: true });
  };
  return (
    <ConfirmTyped
      title={words.askDelete(site.domain)}
      means={words.deleteMeans}
      label={words.typeName(site.domain)}
      fits={(typed) => typed === site.domain}
      go={words.deleteForGood}
      act={act}
      onClose={onClose}
    />
  );
}
