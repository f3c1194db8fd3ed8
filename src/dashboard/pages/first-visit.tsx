import type { SiteJson } from '../../contract/api.ts';
import { Card } from '../ui/card.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

interface Props {
  site: SiteJson;
  onFirstVisit: () => void;
}

/** What a site shows before its first hit. */
export function FirstVisit({ site }: Props) {
  const tag = `<script defer src="${location.origin}/s/${site.key}.js"></script>`;
  return (
    <Card title="Waiting for the first visit" class="padded">
      <pre>{tag}</pre>
      <CopyButton text={tag} kind="primary" />
    </Card>
  );
}
