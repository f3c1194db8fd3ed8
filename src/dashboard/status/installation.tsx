import type { ComponentChildren } from 'preact';
import type { SiteJson, StatusJson } from '../../contract/api.ts';
import { ago } from '../format.ts';
import { Card } from '../ui/card.tsx';
import { installation as words } from '../words/installation.tsx';
import { CheckPage } from './check-page.tsx';
import { Hosts } from './hosts.tsx';
import { explained } from './reasons.ts';
import './installation.css';

interface Props {
  site: SiteJson;
  counts: StatusJson['counts'];
}

/** Whether the snippet is in a page, whether hits arrive, and where they come from. */
export function Installation({ site, counts }: Props) {
  const taken = latest(counts.filter(({ fate }) => fate === 'accepted'));
  const refused = latest(counts.filter(({ fate }) => fate !== 'accepted'));
  return (
    <Card title={words.card} class="padded installation">
      <Question title={words.there}>
        <CheckPage site={site} />
      </Question>
      <Question title={words.arrives}>
        <dl class="last">
          <Last name={words.lastTaken} count={taken} site={site} />
          <Last name={words.lastRefused} count={refused} site={site} />
        </dl>
      </Question>
      <Question title={words.hosts}>
        <Hosts site={site} />
      </Question>
    </Card>
  );
}

function Question({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <div>{children}</div>
    </section>
  );
}

type Counted = StatusJson['counts'][number];

function latest(counts: Counted[]): Counted | undefined {
  return counts.reduce<Counted | undefined>((a, b) => (a && a.last >= b.last ? a : b), undefined);
}

function Last({ name, count, site }: { name: string; count: Counted | undefined; site: SiteJson }) {
  const { title, text } = count ? explained(count.reason) : { title: '', text: '' };
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {count ? (
          <>
            <span class="last-when">{ago(count.last, Date.now(), site.timezone)}</span> · {title}
            {count.fate !== 'accepted' && text && <p class="reason-text">{text}</p>}
          </>
        ) : (
          words.none
        )}
      </dd>
    </div>
  );
}
