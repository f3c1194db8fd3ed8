import type { ComponentType } from 'preact';
import { askAhead } from './data.ts';
import Site from './pages/site.tsx';
import { recordingAt } from './replays/ask.ts';
import { askForPage } from './site/questions.ts';
import type { app as words } from './words/app.ts';

/** What every page is given. */
export interface PageProps {
  /** Parameters of the path: `id` of a site (number or domain), `session` of a replay. */
  params: Record<string, string>;
  /** The query string with its `?`; empty without. */
  search: string;
}

export type Page = ComponentType<PageProps>;

export type Route = {
  path: string;
  /** Of the browser's tab, until the page says something better. */
  title: keyof typeof words.titles;
  /** Begins, before it is there, what the page would only then begin. */
  ahead?: (params: PageProps['params'], search: string) => void;
} & ({ page: Page } | { load: () => Promise<{ default: Page }> });

/**
 * Every page of the dashboard: its address and the one file it lives in, loaded when first asked for; but for a site's page,
 * which is what nearly everybody comes for: it would be one way to the server and back later.
 */
export const routes: Route[] = [
  { path: '/', title: 'sites', load: () => import('./pages/sites.tsx') },
  { path: '/sign-in', title: 'signIn', load: () => import('./pages/sign-in.tsx') },
  { path: '/setup', title: 'setup', load: () => import('./pages/setup.tsx') },
  { path: '/keys', title: 'keys', load: () => import('./pages/keys.tsx') },
  {
    path: '/sites/:id',
    title: 'overview',
    page: Site,
    ahead: ({ id = '' }, search) => askForPage(id, search),
  },
  { path: '/sites/:id/visits', title: 'visits', load: () => import('./pages/visits.tsx') },
  { path: '/sites/:id/visits/:session', title: 'visit', load: () => import('./replays/visit.tsx') },
  { path: '/sites/:id/live', title: 'live', load: () => import('./pages/live.tsx') },
  { path: '/sites/:id/goals', title: 'goals', load: () => import('./pages/goals.tsx') },
  { path: '/sites/:id/status', title: 'status', load: () => import('./pages/status.tsx') },
  { path: '/sites/:id/settings', title: 'settings', load: () => import('./pages/settings.tsx') },
  { path: '/shared', title: 'recording', load: () => import('./replays/shared.tsx') },
  { path: '/sites/:id/watched', title: 'watched', load: () => import('./pages/watched.tsx') },
  { path: '/sites/:id/replays', title: 'recordings', load: () => import('./replays/list.tsx') },
  { path: '/sites/:id/heatmap', title: 'heatmap', load: () => import('./heatmap/page.tsx') },
  {
    path: '/sites/:id/replays/:session',
    title: 'recording',
    load: () => import('./replays/player.tsx'),
    ahead({ id = '', session = '' }) {
      const { key, index } = recordingAt(id, session);
      askAhead({ key, load: index });
      void import('./replays/projector.ts');
    },
  },
];
