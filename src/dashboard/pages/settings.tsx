import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';

export default function Page({ params }: PageProps) {
  return (
    <SiteFrame id={params.id ?? ''} current="settings">
      {(site) => <h1>Settings of {site.domain}</h1>}
    </SiteFrame>
  );
}
