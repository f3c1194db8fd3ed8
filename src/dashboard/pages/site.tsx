import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { PageProps } from '../routes.ts';
import { type Answered, type Question, useAnswer } from '../site/ask.ts';
import { SiteFrame } from '../site/frame.tsx';
import { HereNow } from '../site/here-now.tsx';
import { type Live, useLive } from '../site/live.ts';
import { Opening } from '../site/opening.tsx';
import { Overview } from '../site/overview.tsx';
import { later } from '../ui/later.tsx';

const FirstVisit = later(() => import('./first-visit.tsx').then((module) => module.FirstVisit));

export default function Page({ params, search }: PageProps) {
  const id = params.id ?? '';
  return <Site key={id} id={id} search={search} />;
}

function Site({ id, search }: { id: string; search: string }) {
  const live = useLive(id);
  return (
    <SiteFrame id={id} current="overview" aside={<HereNow here={live.here} site={id} />} waiting={<Opening />}>
      {(site) => <Body site={site} search={search} live={live} base={`/sites/${encodeURIComponent(id)}`} />}
    </SiteFrame>
  );
}

/** Sums alone, which sealed days have. */
const EVER: Question = { date_range: 'all', metrics: ['visits', 'events'] };

const isSome = (answer: Answered | undefined): boolean =>
  answer?.results.some(({ metrics }) => metrics.some((n) => n !== null && n > 0)) ?? false;

interface BodyProps {
  site: SiteJson;
  search: string;
  live: Live;
  base: string;
}

/** The numbers, once there is one; before that, how to get there. */
function Body({ site, search, live, base }: BodyProps) {
  const name = `footfall.visited.${site.id}`;
  const [visited, setVisited] = useState(() => stored(name));
  const people = useAnswer(site, visited ? null : EVER, live.turn);
  const nobody = !visited && people.data !== undefined && !isSome(people.data);
  // Bots alone are few: to ask for them of a busy site would read all its visits.
  const bots = useAnswer(site, nobody ? { ...EVER, include: { bots: true } } : null, live.turn);
  const seen = visited || isSome(people.data) || isSome(bots.data);
  const turnTo = () => {
    store(name);
    setVisited(true);
  };
  if (seen && !visited) store(name);
  if (nobody && !seen) return <FirstVisit site={site} onFirstVisit={turnTo} />;
  return <Overview site={site} search={search} turn={live.turn} base={base} />;
}

function stored(name: string): boolean {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}

function store(name: string): void {
  try {
    localStorage.setItem(name, '1');
  } catch {
    // Asked again next time.
  }
}
