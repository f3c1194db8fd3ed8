import { useId, useMemo, useState } from 'preact/hooks';
import type { HeatmapJson, SiteJson } from '../../contract/api.ts';
import { DEVICES } from '../../contract/replay.ts';
import { oneOf } from '../../contract/words.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { exact } from '../format.ts';
import { fromNetwork } from '../replays/chunks.ts';
import { printView, show, type View } from '../site/view.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Middle } from '../ui/middle.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { heatmap as words } from '../words/heatmap.ts';
import { type Choice, type Device, MAPS, printChoice, readChoice } from './choice.ts';
import { Depths } from './depths.tsx';
import { Elements } from './elements.tsx';
import { Ground } from './ground.tsx';
import type { Picture } from './picture.ts';

interface Props {
  site: SiteJson;
  base: string;
  view: View;
  page: string;
}

/** One page: its picture with what is drawn over it, and the same as a list. */
export function Heatmap({ site, base, view, page }: Props) {
  const panel = useId();
  const choice = readChoice(view.recordings);
  const [turn, setTurn] = useState(0);
  const [chosen, setChosen] = useState<string | null>(null);
  const [picture, setPicture] = useState<Picture | null>(null);
  const question = {
    ...{ date_range: view.range, filters: view.filters, include: { bots: view.bots } },
    ...{ page, device: choice.device, picture: turn },
  };
  const { data, error, stale, refresh } = useData(`heatmap ${site.id} ${JSON.stringify(question)}`, (signal) =>
    api<HeatmapJson>('POST', `/sites/${site.id}/heatmap`, question, signal),
  );
  const session = data?.picture?.session;
  const load = useMemo(
    () => fromNetwork(`/api/v1/sites/${site.id}/replays/${session}`, `/api/v1/sites/${site.id}/sheets`),
    [site.id, session],
  );
  const choose = (next: Partial<Choice>) => {
    setTurn(0);
    show(view, { recordings: printChoice({ ...choice, ...next }) }, { replace: true });
  };
  const { map } = choice;
  // Recorded ones: what is scrolled is told by all.
  const visitsOf = (device: Device) => {
    if (map === 'scroll') return '';
    return ` · ${data ? exact(data.devices.find((one) => one.device === device)?.visits ?? 0) : '–'}`;
  };
  const empty = data && (map === 'scroll' ? data.scroll.visits === 0 && data.visits === 0 : data.visits === 0);
  return (
    <Card
      class="heatmap"
      stale={stale}
      title={
        <>
          {words.mapOf} <Middle text={page} />
        </>
      }
      aside={
        <a href={`${base}/heatmap${printView({ ...view, recordings: printChoice({ ...choice, page: null }) })}`}>
          {words.anotherPage}
        </a>
      }
    >
      <div class="heat-tools">
        <Tabs
          label={words.drawn}
          tabs={MAPS.map((id) => ({ id, label: words.maps[id] }))}
          current={map}
          controls={panel}
          onPick={(id) => choose({ map: id as Choice['map'] })}
        />
        <Tabs
          label={words.byDevice}
          tabs={DEVICES.map((id) => ({ id, label: `${words.devices[id]}${visitsOf(id)}` }))}
          current={choice.device}
          controls={panel}
          onPick={(id) => choose({ device: id as Device })}
        />
      </div>
      <div id={panel} role="tabpanel" aria-label={`${words.maps[map]}, ${words.devices[choice.device]}`}>
        {!data && error && <ErrorState error={error} retry={refresh} />}
        {!data && !error && <Waiting />}
        {data && empty && <Nothing {...{ site, data, view, base }} device={choice.device} onDevice={choose} />}
        {data && !empty && (
          <div class="heat-body">
            <div class="heat-main">
              {data.picture ? (
                <Ground {...{ data, load, map, chosen, picture }} hosts={site.picture_hosts} onPicture={setPicture} />
              ) : (
                <EmptyState title={words.noPicture}>{turn > 0 ? words.noMorePictures : words.noneShowsIt}</EmptyState>
              )}
              <p class="heat-about muted">
                {data.picture && (
                  <span>
                    {picture && `${picture.size.width} × ${picture.size.height} px · `}
                    <a href={`${base}/replays/${data.picture.session}${printView({ ...view, recordings: '' })}`}>
                      {words.itsRecording}
                    </a>
                  </span>
                )}
                {(data.picture || turn > 0) && (
                  <Button onClick={() => setTurn(data.picture ? turn + 1 : 0)}>
                    {data.picture ? words.anotherPicture : words.firstPicture}
                  </Button>
                )}
              </p>
            </div>
            {map === 'scroll' ? (
              <Depths scroll={data.scroll} />
            ) : (
              <Elements kind={map} {...{ data, picture, chosen }} onChoose={setChosen} />
            )}
          </div>
        )}
      </div>
    </Card>
  );
}

/** The picture and the list, in their place. */
function Waiting() {
  return (
    <div class="heat-body" aria-busy="true">
      <div class="heat-waiting">
        <Skeleton height="100%" />
      </div>
      <div class="stack">
        {Array.from({ length: 8 }, (_, i) => (
          <Skeleton key={i} height="2rem" />
        ))}
      </div>
    </div>
  );
}

interface NothingProps {
  site: SiteJson;
  data: HeatmapJson;
  view: View;
  base: string;
  device: Device;
  onDevice: (choice: Partial<Choice>) => void;
}

/** Why there is nothing to draw, and what to do about it. */
function Nothing({ site, data, view, base, device, onDevice }: NothingProps) {
  const other = data.devices.find((one): one is { device: Device; visits: number } => oneOf(DEVICES, one.device));
  if (other) {
    return (
      <EmptyState
        title={words.noneByDevice(words.devices[device])}
        action={{
          label: words.byOther(other.visits, words.devices[other.device]),
          onClick: () => onDevice({ device: other.device }),
        }}
      >
        {words.noneByDeviceText}
      </EmptyState>
    );
  }
  if (site.record === 0) {
    return (
      <EmptyState title={words.off} action={{ label: words.toSettings, href: `${base}/settings` }}>
        {words.offText}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={words.none}
      {...(view.filters.length > 0
        ? { action: { label: words.clear, onClick: () => show(view, { filters: [] }) } }
        : view.range === 'all'
          ? {}
          : { action: { label: words.allTime, onClick: () => show(view, { range: 'all' }) } })}
    >
      {words.noneText}
    </EmptyState>
  );
}
