import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { QueryInput } from '../../contract/query.ts';
import { FILTER_LIMITS, type Filter, isSimple } from '../../contract/words.ts';
import { ApiError, api } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { filterDialog as words } from '../words/filter-dialog.tsx';
import { filters as filterWords } from '../words/filters.ts';
import { FilterCondition, faultOf, isPattern } from './filter-condition.tsx';
import { FilterText } from './filter-text.tsx';
import { filterText, isCondition, positive, type SegmentName } from './filter-words.ts';
import { same, show, type View } from './view.ts';
import './filter-dialog.css';

interface Props {
  site: SiteJson;
  view: View;
  /** Number of the filter to change; null for a new one. */
  index: number | null;
  segmentName: SegmentName;
  onClose: () => void;
}

/** One of the conditions that a filter joins; null while it is being made. */
interface Member {
  key: number;
  filter: Filter | null;
}

/**
 * One filter: a condition, or several, any or all of which must hold. One of them is open, the others are told in words; so is
 * what only an address can say, which can be taken out and nothing else.
 */
export function FilterDialog({ site, view, index, segmentName, onClose }: Props) {
  const old = index === null ? undefined : view.filters[index];
  const [wasJoined, taken] = apart(old && positive(old));
  const [joined, setJoined] = useState(wasJoined);
  const [members, setMembers] = useState<Member[]>(taken.map((filter, key) => ({ key, filter })));
  const [openKey, setOpenKey] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const box = useRef<HTMLDivElement>(null);

  const several = members.length > 1;
  const open = several ? openKey : members[0]?.key;
  const others = view.filters.filter((_, i) => i !== index);
  const complete = members.flatMap(({ filter }) => (filter ? [filter] : []));
  const besides = members.flatMap(({ key, filter }) => (key !== open && joined === 'and' && filter ? [filter] : []));

  // A condition that comes or opens is where one goes on; what has the focus here keeps it.
  useEffect(() => {
    if (open === null && box.current?.contains(document.activeElement)) return;
    const first = open === null ? 'button' : '[data-open] input[name="value"]';
    box.current?.querySelector<HTMLElement>(first)?.focus();
  }, [open, members.length]);

  /** What was begun and has no value yet goes, once another one opens. */
  const turnTo = (key: number | null, from = members) => {
    setMembers(from.filter((one) => one.filter !== null || one.key === key));
    setOpenKey(key);
    setRefused(undefined);
  };
  const add = () => {
    const key = Math.max(...members.map((one) => one.key)) + 1;
    turnTo(key, [...members, { key, filter: null }]);
  };
  const change = (key: number, filter: Filter | null) => {
    const was = members.find((one) => one.key === key)?.filter;
    if (was === filter || (was && filter && same(was, filter))) return;
    setMembers((all) => all.map((one) => (one.key === key ? { key, filter } : one)));
    setRefused(undefined);
  };
  const close = (filters: Filter[]) => {
    onClose();
    show(view, { filters });
  };
  const apply = async (event: Event) => {
    event.preventDefault();
    const [first] = complete;
    if (!first || busy) return;
    setBusy(true);
    const fault = await firstFault(site, members);
    setBusy(false);
    if (fault) {
      turnTo(fault.key);
      setRefused(fault.said);
      return;
    }
    const next: Filter = complete.length === 1 ? first : [joined, complete];
    close(index === null ? [...view.filters, next] : view.filters.map((one, i) => (i === index ? next : one)));
  };

  return (
    <Dialog title={index === null ? words.add : words.change} onClose={onClose}>
      <form class="stack tight" onSubmit={(event) => void apply(event)}>
        {several && (
          <Choice
            label={words.joined}
            name="joined"
            value={joined}
            options={[
              { value: 'or', label: words.any },
              { value: 'and', label: words.all },
            ]}
            onChange={setJoined}
          />
        )}
        <div ref={box} class={several ? 'members' : undefined}>
          {members.map(({ key, filter }, i) => (
            <Fragment key={key}>
              {several && i > 0 && <p class="member-join">{filterWords[joined]}</p>}
              <div class="member stack tight" data-open={key === open ? '' : undefined}>
                {several && (
                  <div class="member-head">
                    <Told
                      filter={filter}
                      segmentName={segmentName}
                      open={key === open}
                      onTurn={() => turnTo(key === open ? null : key)}
                    />
                    <Button
                      kind="quiet"
                      class="icon"
                      aria-label={`${words.removeOne}: ${filter ? filterText(filter, segmentName) : words.isNew}`}
                      onClick={() =>
                        turnTo(
                          key === open ? null : (open ?? null),
                          members.filter((one) => one.key !== key),
                        )
                      }
                    >
                      <Icon name="cross" size={10} />
                    </Button>
                  </div>
                )}
                {key === open && (!filter || isCondition(filter)) && (
                  <FilterCondition
                    site={site}
                    view={view}
                    filter={filter}
                    beside={[...others, ...besides]}
                    refused={refused}
                    onChange={(next) => change(key, next)}
                  />
                )}
                {!several && filter && !isCondition(filter) && (
                  <p>
                    <FilterText filter={filter} segmentName={segmentName} />
                  </p>
                )}
              </div>
            </Fragment>
          ))}
        </div>
        <div class="dialog-foot filter-foot">
          {members.length < FILTER_LIMITS.filters && (
            <button
              type="button"
              class="add-filter add-member"
              disabled={members.some(({ filter }) => filter === null)}
              onClick={add}
            >
              {joined === 'or' ? words.orAnother : words.andAnother}
            </button>
          )}
          {index !== null && (
            <Button kind="danger" onClick={() => close(others)}>
              {words.remove}
            </Button>
          )}
          <Button kind="primary" type="submit" busy={busy} disabled={complete.length === 0}>
            {words.apply}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ToldProps {
  filter: Filter | null;
  segmentName: SegmentName;
  open: boolean;
  onTurn: () => void;
}

/** A condition among several, in words; a click opens it, or shuts it again. */
function Told({ filter, segmentName, open, onTurn }: ToldProps) {
  const said = filter ? <FilterText filter={filter} segmentName={segmentName} /> : words.isNew;
  if (filter && !isCondition(filter)) return <p class="member-words still">{said}</p>;
  return (
    <button type="button" class="member-words" aria-expanded={open ? 'true' : 'false'} onClick={onTurn}>
      {said}
    </button>
  );
}

/** How a filter's conditions are joined, and which these are. */
function apart(filter: Filter | undefined): ['or' | 'and', (Filter | null)[]] {
  if (!filter) return ['or', [null]];
  return filter[0] === 'and' || filter[0] === 'or' ? filter : ['or', [filter]];
}

/** The first condition that the server refuses: only it knows what a pattern may be. */
async function firstFault(site: SiteJson, members: Member[]): Promise<{ key: number; said: string } | null> {
  for (const { key, filter } of members) {
    const said = filter && hasPattern(filter) && (await refusal(site, filter));
    if (said) return { key, said };
  }
  return null;
}

function hasPattern(filter: Filter): boolean {
  const simple = filter[0] === 'has_done' || filter[0] === 'has_not_done' ? filter[1] : filter;
  return isSimple(simple) && isPattern(simple[0]);
}

/** What the server finds wrong with a filter, if anything. */
async function refusal(site: SiteJson, filter: Filter): Promise<string | undefined> {
  const question: QueryInput = { site_id: site.id, date_range: 'hour', metrics: ['visitors'], filters: [filter] };
  try {
    await api('POST', '/query', question);
    return undefined;
  } catch (error) {
    return error instanceof ApiError ? faultOf(error) : String(error);
  }
}
