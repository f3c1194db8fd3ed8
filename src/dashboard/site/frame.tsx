import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData, useWanted } from '../data.ts';
import { place } from '../router.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { Middle } from '../ui/middle.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Top } from '../ui/top.tsx';
import { app } from '../words/app.ts';
import { frame as words } from '../words/frame.tsx';
import { ui } from '../words/ui.ts';
import { siteAt } from './ask.ts';
import { HereNow } from './here-now.tsx';
import { useLive } from './live.ts';
import { printView, readView } from './view.ts';
import './frame.css';

/** Pages of a site, in the order of its navigation; the live one is opened from who is here now, heat maps from pages. */
const pages = [
  { id: 'overview', path: '' },
  { id: 'visits', path: '/visits' },
  { id: 'live', path: '/live' },
  { id: 'recordings', path: '/replays' },
  { id: 'heatmap', path: '/heatmap' },
  { id: 'goals', path: '/goals' },
  { id: 'status', path: '/status' },
  { id: 'settings', path: '/settings' },
] as const;

const inNavigation = pages.filter(({ id }) => id !== 'live' && id !== 'heatmap');
/** Pages that ask about a range, with filters. */
const asking = new Set<string>(['', '/visits', '/replays', '/heatmap', '/goals']);

/** From this many sites on one is searched for. */
export const MANY = 9;

interface Props {
  /** Id or domain, as it stands in the address. */
  id: string;
  current: (typeof pages)[number]['id'];
  /** In the first row, before the account's menu; where the page says nothing, who is here now. */
  aside?: ComponentChildren;
  /** Keeps the place of the page before its site is known. */
  waiting?: ComponentChildren;
  children: (site: SiteJson, refresh: () => void) => ComponentChildren;
}

/** Everything around a page of one site: its switcher, its navigation; and what to say when there is no such site. */
export function SiteFrame({ id, current, aside = <Listening site={id} />, waiting, children }: Props) {
  const site = useWanted(siteAt(id), { first: true });
  const known = site.stale ? undefined : site.data;
  const label = app.titles[current];
  useEffect(() => {
    document.title = `${known?.domain ?? id} · ${label}`;
  }, [known?.domain, id, label]);
  const gone = site.error?.status === 404;
  // Where cards stand side by side there is room for more of them.
  const wide = current === 'overview' || current === 'live';

  return (
    <main class={wide ? 'page wide' : 'page'}>
      <Top aside={aside}>
        <SiteMenu domain={known?.domain ?? (/^\d+$/.test(id) ? '…' : id)} current={current} />
        {!gone && <SiteNav id={id} current={current} />}
      </Top>
      {gone && (
        <EmptyState title={words.noSite} action={{ label: app.toSites, href: '/' }}>
          {ui.notFoundText}
        </EmptyState>
      )}
      {known?.archived && current !== 'settings' && (
        <p class="banner" role="status">
          {words.archived(sitePath(id, '/settings'))}
        </p>
      )}
      {!gone && known && children(known, site.refresh)}
      {!gone && !known && site.error && <ErrorState error={site.error} retry={site.refresh} />}
      {!known && !site.error && (waiting ?? <Skeleton height="24rem" />)}
    </main>
  );
}

/** Of a page that hears nothing of its site otherwise. */
function Listening({ site }: { site: string }) {
  return <HereNow here={useLive(site).here} site={site} />;
}

/** Pages that aren't in the navigation themselves, and where in it they are. */
const WITHIN: Partial<Record<string, string>> = { heatmap: 'recordings' };

function SiteNav({ id, current }: { id: string; current: string }) {
  const nav = useRef<HTMLElement>(null);
  // On a phone it is wider than the screen: where one is stands in its middle.
  useEffect(() => {
    const at = nav.current?.querySelector('[aria-current]')?.getBoundingClientRect();
    const { left = 0, width = 0 } = nav.current?.getBoundingClientRect() ?? {};
    if (at) nav.current?.scrollBy(at.left + at.width / 2 - left - width / 2, 0);
  }, [current]);
  return (
    <nav ref={nav} class="site-nav" aria-label={words.site}>
      {inNavigation.map((page) => (
        <a
          key={page.id}
          href={sitePath(id, page.path)}
          aria-current={page.id === current ? 'page' : page.id === WITHIN[current] ? 'true' : undefined}
          data-bold={app.titles[page.id]}
        >
          {app.titles[page.id]}
        </a>
      ))}
    </nav>
  );
}

function SiteMenu({ domain, current }: { domain: string; current: string }) {
  const sites = useData('sites', (signal) => api<{ sites: SiteJson[] }>('GET', '/sites', undefined, signal));
  const path = pages.find((page) => page.id === current)?.path ?? '';
  const [sought, setSought] = useState('');
  const inUse = (sites.data?.sites ?? []).filter((site) => !site.archived || site.domain === domain);
  const found = inUse.filter((site) => site.domain.includes(sought.trim().toLowerCase()));
  return (
    <h1 class="site-name">
      <Menu
        class="site-switch"
        label={
          <>
            <img src="/icon.svg" width="20" height="20" alt="" />
            <Middle text={domain} />
            <Icon name="chevron" size={10} />
          </>
        }
        items={[
          ...found.map((site) => ({
            label: site.domain,
            current: site.domain === domain,
            href: sitePath(site.domain, path, false),
          })),
          { label: words.allSites, href: '/', divided: true },
        ]}
      >
        {inUse.length >= MANY && (
          <input
            type="search"
            class="site-search"
            aria-label={words.findSite}
            placeholder={words.findSite}
            value={sought}
            onInput={(event) => setSought(event.currentTarget.value)}
          />
        )}
      </Menu>
    </h1>
  );
}

/** A page of a site; the range and filters in force come along to those that know them. */
function sitePath(id: string, path: string, keep = true): string {
  // One point of the chart and a page of a list are that page's own.
  const search =
    keep && asking.has(path) && !place().path.endsWith('/live')
      ? printView({ ...readView(place().search), bucket: null })
      : '';
  return `/sites/${encodeURIComponent(id)}${path}${search}`;
}
