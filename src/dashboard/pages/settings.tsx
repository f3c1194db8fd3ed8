import { SiteSettings } from '../accounts/site-settings.tsx';
import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';

export default function Page({ params }: PageProps) {
  return (
    <SiteFrame id={params.id ?? ''} current="settings">
      {(site) => <SiteSettings key={site.id} site={site} />}
    </SiteFrame>
  );
}
