import { Fragment } from 'preact';
import type { SiteJson } from '../../contract/api.ts';
import { FILTER_LIMITS, type Filter } from '../../contract/words.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { filterDialog as words } from '../words/filter-dialog.tsx';
import { filters as filterWords } from '../words/filters.ts';
import { FilterCondition } from './filter-condition.tsx';
import { FilterText } from './filter-text.tsx';
import {
  type By,
  type Condition,
  condition,
  filterOf,
  type Group,
  group,
  isGroup,
  isOpen,
  type Member,
  otherWay,
} from './filter-tree.ts';
import { filterText, isCondition, type SegmentName } from './filter-words.ts';
import type { View } from './view.ts';

interface Props {
  site: SiteJson;
  view: View;
  segmentName: SegmentName;
  by: By;
  members: Member[];
  /** The condition, or the group, that is open. */
  open: number | null;
  /** What else must hold of the open condition. */
  beside: Filter[];
  /** What the server found wrong with it. */
  refused: string | undefined;
  /** With no other condition anywhere. */
  alone?: boolean;
  /** In a group. */
  deep?: boolean;
  onTurn: (key: number | null) => void;
  onSay: (key: number, filter: Filter | null) => void;
  /** Others in a member's place; `open` is the one to go on with. */
  onPut: (key: number, members: Member[], open?: number) => void;
}

/** Conditions that are joined, each told in words; the one that is open has its fields, a group its own conditions. */
export function FilterMembers(props: Props) {
  const { by, members, open, alone = false } = props;
  return (
    <div class={alone ? undefined : 'members'}>
      {members.map((member, i) => (
        <Fragment key={member.key}>
          {i > 0 && <p class="member-join">{filterWords[by]}</p>}
          <div class="member stack tight" data-open={isOpen(member, open) ? '' : undefined}>
            {!alone && <Head {...props} member={member} />}
            {isGroup(member) ? (
              isOpen(member, open) && <Inner {...props} within={member} />
            ) : (
              <Fields {...props} one={member} />
            )}
          </div>
        </Fragment>
      ))}
    </div>
  );
}

function Head({ member, by, open, segmentName, onTurn, onPut }: Props & { member: Member }) {
  const filter = filterOf(member, otherWay(by));
  const said = filter ? <FilterText filter={filter} segmentName={segmentName} /> : words.isNew;
  const opened = isOpen(member, open);
  return (
    <div class="member-head">
      {filter && !isGroup(member) && !isCondition(filter) ? (
        <p class="member-words still">{said}</p>
      ) : (
        <button
          type="button"
          class="member-words"
          aria-expanded={opened ? 'true' : 'false'}
          onClick={() => onTurn(opened ? null : member.key)}
        >
          {said}
        </button>
      )}
      <Button
        kind="quiet"
        class="icon"
        aria-label={`${words.removeOne}: ${filter ? filterText(filter, segmentName) : words.isNew}`}
        onClick={() => onPut(member.key, [])}
      >
        <Icon name="cross" size={10} />
      </Button>
    </div>
  );
}

/** The conditions of a group, which is open, and the way to one more. */
function Inner({ within, ...props }: Props & { within: Group }) {
  const { by, onTurn, onPut } = props;
  const add = () => {
    const fresh = condition();
    onPut(within.key, [{ ...within, members: [...within.members, fresh] }], fresh.key);
  };
  return (
    <>
      <FilterMembers
        {...props}
        by={otherWay(by)}
        members={within.members}
        deep
        onTurn={(key) => onTurn(key ?? within.key)}
      />
      <Another by={otherWay(by)} members={within.members} onAdd={add} />
    </>
  );
}

/** An open condition's; one that fields can't show is told. */
function Fields({ one, ...props }: Props & { one: Condition }) {
  const { site, view, segmentName, by, open, beside, refused, alone, deep, onSay, onPut } = props;
  const { key, filter } = one;
  if (filter && !isCondition(filter)) {
    return alone ? (
      <p>
        <FilterText filter={filter} segmentName={segmentName} />
      </p>
    ) : null;
  }
  if (key !== open) return null;
  const pair = () => {
    const fresh = condition();
    onPut(key, [group([one, fresh])], fresh.key);
  };
  return (
    <>
      <FilterCondition {...{ site, view, filter, beside, refused }} onChange={(next) => onSay(key, next)} />
      {!alone && !deep && (
        <button type="button" class="add-filter add-member" disabled={filter === null} onClick={pair}>
          {by === 'or' ? words.andWithIt : words.orInItsPlace}
        </button>
      )}
    </>
  );
}

/** The way to one condition more, once those that there are say something. */
export function Another({ by, members, onAdd }: { by: By; members: Member[]; onAdd: () => void }) {
  if (members.length >= FILTER_LIMITS.filters) return null;
  return (
    <button
      type="button"
      class="add-filter add-member"
      disabled={members.some((one) => filterOf(one, otherWay(by)) === null)}
      onClick={onAdd}
    >
      {by === 'or' ? words.orAnother : words.andAnother}
    </button>
  );
}
