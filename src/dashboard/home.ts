import type { SiteJson } from '../contract/api.ts';

/** Address of a site's first page. A site under development speaks plain http. */
export function homeOf({ domain }: Pick<SiteJson, 'domain'>): string {
  const plain = /^(localhost|127\.|192\.168\.|10\.)|\.(localhost|test|local)(:|$)/.test(domain);
  return `${plain ? 'http' : 'https'}://${domain}/`;
}
