import { useId, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { Tabs } from '../ui/tabs.tsx';
import { install as words } from '../words/install.ts';
import { Code } from './code.tsx';
import { GUIDES } from './guides.ts';
import './install.css';

interface Props {
  site: SiteJson;
  /** The copy button is what the page is about. */
  primary?: boolean;
}

/** The snippet, for the kind of site it goes into. */
export function Install({ site, primary = false }: Props) {
  const [kind, setKind] = useState('html');
  const panel = useId();
  const tabs = GUIDES.map(({ id }) => ({ id, label: words[id].label }));
  const guide = GUIDES.find(({ id }) => id === kind) ?? GUIDES[0];
  if (!guide) return null;
  const { label, text } = words[guide.id];
  return (
    <div class="install">
      <Tabs label={words.kind} tabs={tabs} current={guide.id} controls={panel} onPick={setKind} />
      <div id={panel} role="tabpanel" aria-label={label} class="install-panel">
        <p class="muted">{text}</p>
        <Code label={words.snippet} text={guide.code(location.origin, site.key)} primary={primary} />
      </div>
    </div>
  );
}
