import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';

export default function Page({ params }: PageProps) {
  return (
    <SiteFrame id={params.id ?? ''} current="recordings">
      {(site) => <h1>Recordings of {site.domain}</h1>}
    </SiteFrame>
  );
}
