import { useEffect, useRef, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { QueryInput } from '../../contract/query.ts';
import { type Filter, isSimple } from '../../contract/words.ts';
import { ApiError, api } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { filterDialog as words } from '../words/filter-dialog.tsx';
import { faultOf, isPattern } from './filter-condition.tsx';
import { Another, FilterMembers } from './filter-members.tsx';
import {
  besides,
  changed,
  condition,
  conditionsOf,
  filterOf,
  isOpen,
  type Member,
  pruned,
  type Tree,
  treeOf,
} from './filter-tree.ts';
import type { SegmentName } from './filter-words.ts';
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

/** One filter: a condition, or several, and groups of them, any or all of which must hold. One condition is open, the others are told in words. */
export function FilterDialog({ site, view, index, segmentName, onClose }: Props) {
  const [tree, setTree] = useState(() => treeOf(index === null ? undefined : view.filters[index]));
  const [turned, setTurned] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const box = useRef<HTMLDivElement>(null);

  const { by, members } = tree;
  const alone = members.length === 1;
  const open = alone ? (members[0]?.key ?? null) : turned;
  const others = view.filters.filter((_, i) => i !== index);
  const said = filterOf(tree, by);

  // A condition that comes or opens is where one goes on; what has the focus here keeps it.
  useEffect(() => {
    if (open === null && box.current?.contains(document.activeElement)) return;
    const first = open === null ? 'button' : '[data-open] input[name="value"]';
    box.current?.querySelector<HTMLElement>(first)?.focus();
  }, [open, members.length]);

  /** What was begun and has no value yet goes, once another one opens. */
  const turnTo = (key: number | null, from = tree) => {
    setTree(pruned(from, key));
    setTurned(key);
    setRefused(undefined);
  };
  const add = () => {
    const fresh = condition();
    turnTo(fresh.key, { by, members: [...members, fresh] });
  };
  const put = (key: number, into: Member[], next?: number) => {
    const left = changed(tree, key, () => into);
    const stays = left.members.some((one) => isOpen(one, open)) ? open : null;
    turnTo(next ?? stays, left);
  };
  const say = (key: number, filter: Filter | null) => {
    const was = conditionsOf(members).find((one) => one.key === key)?.filter;
    if (was === filter || (was && filter && same(was, filter))) return;
    setTree((now) => changed(now, key, () => [{ key, filter }]));
    setRefused(undefined);
  };
  const close = (filters: Filter[]) => {
    onClose();
    show(view, { filters });
  };
  const apply = async (event: Event) => {
    event.preventDefault();
    if (!said || busy) return;
    setBusy(true);
    const fault = await firstFault(site, tree);
    setBusy(false);
    if (fault) {
      turnTo(fault.key);
      setRefused(fault.said);
      return;
    }
    close(index === null ? [...view.filters, said] : view.filters.map((one, i) => (i === index ? said : one)));
  };

  return (
    <Dialog title={index === null ? words.add : words.change} onClose={onClose}>
      <form class="stack tight" onSubmit={(event) => void apply(event)}>
        {!alone && (
          <Choice
            label={words.joined}
            name="joined"
            value={by}
            options={[
              { value: 'or', label: words.any },
              { value: 'and', label: words.all },
            ]}
            onChange={(next) => setTree({ by: next, members })}
          />
        )}
        <div ref={box}>
          <FilterMembers
            {...{ site, view, segmentName, by, members, open, refused, alone }}
            beside={[...others, ...besides(tree, open)]}
            onTurn={turnTo}
            onSay={say}
            onPut={put}
          />
        </div>
        <div class="dialog-foot filter-foot">
          <Another by={by} members={members} onAdd={add} />
          {index !== null && (
            <Button kind="danger" onClick={() => close(others)}>
              {words.remove}
            </Button>
          )}
          <Button kind="primary" type="submit" busy={busy} disabled={said === null}>
            {words.apply}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The first condition that the server refuses: only it knows what a pattern may be. */
async function firstFault(site: SiteJson, tree: Tree): Promise<{ key: number; said: string } | null> {
  for (const { key, filter } of conditionsOf(tree.members)) {
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
