import { Section } from '../accounts/section.tsx';
import { SiteSettings } from '../accounts/site-settings.tsx';
import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { settings as words } from '../words/settings.tsx';

export default function Page({ params }: PageProps) {
  return (
    <SiteFrame id={params.id ?? ''} current="settings" waiting={<Waiting />}>
      {(site) => <SiteSettings key={site.id} site={site} />}
    </SiteFrame>
  );
}

/** The page before its site is known: its first sections, in their places. */
function Waiting() {
  return (
    <div class="settings" aria-busy="true">
      <Section title={words.site} about={words.siteAbout}>
        <Skeleton height="19rem" />
      </Section>
      <Section title={words.visitors} about={words.visitorsAbout}>
        <Skeleton height="24rem" />
      </Section>
      <Section title={words.bots} about={words.botsAbout}>
        <Skeleton height="12rem" />
      </Section>
    </div>
  );
}
