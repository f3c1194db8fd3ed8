import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { conflictAt } from '../conflict.ts';
import { go } from '../router.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { common } from '../words/common.ts';
import { siteFields } from '../words/site-fields.ts';
import { sites as words } from '../words/sites.ts';
import { Failure } from './failure.tsx';
import { ownZone, ZoneField } from './zone-field.tsx';

interface Props {
  /** Beside the button that adds. */
  onCancel?: () => void;
}

/** Adds a site and goes to it, where the snippet waits. */
export function AddSite({ onCancel }: Props) {
  const [timezone, setTimezone] = useState(ownZone);
  const form = useSubmit(async (data) => {
    const site = await api<SiteJson>('POST', '/sites', { domain: data.get('domain'), timezone }).catch(
      conflictAt('domain'),
    );
    go(`/sites/${encodeURIComponent(site.domain)}`);
  });
  return (
    <form class="stack" noValidate onSubmit={form.onSubmit}>
      <Failure text={form.failure} />
      <Field
        label={siteFields.domain}
        name="domain"
        required
        autoFocus
        placeholder={common.example('example.com')}
        autoCapitalize="none"
        autoComplete="off"
        spellcheck={false}
        inputMode="url"
        hint={words.domainHint}
        error={form.wrong('domain')}
      />
      <ZoneField value={timezone} onChange={setTimezone} error={form.wrong('timezone')} />
      <div class="dialog-foot">
        {onCancel && <Button onClick={onCancel}>{common.cancel}</Button>}
        <Button type="submit" kind="primary" busy={form.busy} disabled={form.wait > 0}>
          {words.addSite}
        </Button>
      </div>
    </form>
  );
}

export function AddSiteDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.addTitle} onClose={onClose}>
      <AddSite onCancel={onClose} />
    </Dialog>
  );
}
