import type { SiteJson } from '../../contract/api.ts';
import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';
import { QueryBar } from '../site/query-bar.tsx';
import { readView, scopeOf } from '../site/view.ts';
import { readChoice } from './choice.ts';
import { Heatmap } from './heatmap.tsx';
import { Pages } from './pages.tsx';
import './heatmap.css';

/** Where one page was clicked and how far down it was seen; without a page in the address, which ones there are. */
export default function Page({ params, search }: PageProps) {
  const { id = '' } = params;
  const base = `/sites/${encodeURIComponent(id)}`;
  return (
    <SiteFrame id={id} current="heatmap">
      {(site) => <Asked {...{ site, base, search }} />}
    </SiteFrame>
  );
}

interface Props {
  site: SiteJson;
  base: string;
  search: string;
}

function Asked({ site, base, search }: Props) {
  const asked = readView(search);
  const view = { ...scopeOf(asked), recordings: asked.recordings };
  const { page } = readChoice(view.recordings);
  return (
    <QueryBar site={site} view={view}>
      {page === null ? <Pages {...{ site, base, view }} /> : <Heatmap key={page} {...{ site, base, view, page }} />}
    </QueryBar>
  );
}
