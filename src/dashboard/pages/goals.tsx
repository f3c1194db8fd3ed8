import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';

export default function Page({ params }: PageProps) {
  return (
    <SiteFrame id={params.id ?? ''} current="goals">
      {(site) => <h1>Goals of {site.domain}</h1>}
    </SiteFrame>
  );
}
