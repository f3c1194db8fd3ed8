import { useState } from 'preact/hooks';
import type { PageCheck, SiteJson } from '../../contract/api.ts';
import { Failure } from '../accounts/failure.tsx';
import { api } from '../api.ts';
import { homeOf } from '../home.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { installation as words } from '../words/installation.tsx';

/** Has the server look at a page of the site's, and says what it found. */
export function CheckPage({ site }: { site: SiteJson }) {
  const [url, setUrl] = useState(homeOf(site));
  const [check, setCheck] = useState<PageCheck | null>(null);
  const form = useSubmit(async () => {
    setCheck(null);
    setCheck(await api<PageCheck>('POST', `/sites/${site.id}/installation`, { url: url.trim() }));
  });
  return (
    <form class="check-page" noValidate onSubmit={form.onSubmit}>
      <Field
        label={words.page}
        name="url"
        inputMode="url"
        required
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        value={url}
        onInput={(event) => setUrl(event.currentTarget.value)}
        error={form.wrong('url')}
      />
      <Button type="submit" busy={form.busy} disabled={form.wait > 0}>
        {words.check}
      </Button>
      <Failure text={form.failure} />
      <div class="verdict" role="status">
        {check && <Verdict site={site} check={check} />}
      </div>
    </form>
  );
}

function Verdict({ site, check }: { site: SiteJson; check: PageCheck }) {
  const { title, text, mood } = said(check, site);
  const { refused_by } = check;
  return (
    <>
      <span class={`health-dot ${mood}`} aria-hidden="true" />
      <p class="verdict-title">{title}</p>
      {text && <p>{text}</p>}
      {refused_by && <p>{words.refusedText(refused_by, location.origin)}</p>}
    </>
  );
}

function said({ snippet, unread, status, refused_by }: PageCheck, { key }: SiteJson) {
  if (snippet === 'found') {
    if (refused_by) return { title: words.refused, text: null, mood: 'bad' };
    return { title: words.found, text: words.foundText, mood: '' };
  }
  if (snippet === 'other_key') return { title: words.otherKey, text: words.otherKeyText(key), mood: 'bad' };
  if (snippet === 'missing') return { title: words.missing, text: words.missingText, mood: 'waiting' };
  const answered = unread === 'status' && status !== null ? `${words.answered(status)} ` : '';
  return { title: words.unread, text: unread && answered + words.whyUnread[unread], mood: 'bad' };
}
