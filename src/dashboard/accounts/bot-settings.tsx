import { useEffect, useState } from 'preact/hooks';
import type { BotsJson, RejudgingJson, SiteJson } from '../../contract/api.ts';
import { BOT_RULES, BOT_THRESHOLD, type BotRule, RULE_NAMES } from '../../contract/bots.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { exact, percent } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { explain } from '../ui/error-state.tsx';
import { SelectField } from '../ui/field.tsx';
import { Count } from '../ui/number.tsx';
import { toast } from '../ui/toast.tsx';
import './bot-settings.css';

type Judgement = Pick<SiteJson, 'bot_threshold' | 'bot_rules'>;

interface Props {
  site: SiteJson;
  draft: Judgement;
  onChange: (more: Partial<Judgement>) => void;
  wrong: (name: string) => string | undefined;
}

const THRESHOLDS: [value: number, label: string][] = [
  [40, 'Strict: one strong sign is enough'],
  [60, 'Balanced'],
  [80, 'Lenient: several signs together'],
  [100, 'Only what is certain'],
];

/** When a visit is taken for a bot's: what each sign weighs, and how much is too much. */
export function BotSettings({ site, draft, onChange, wrong }: Props) {
  const bots = useData(`bots ${site.id} 30d`, (signal) =>
    api<BotsJson>('GET', `/sites/${site.id}/bots?period=30d`, undefined, signal),
  );
  const fired = new Map(bots.data?.rules.map((one) => [one.rule, one]));
  const rules = bots.data?.rules.map(({ rule }) => rule) ?? RULE_NAMES;
  const weigh = (rule: BotRule, confidence: number) => {
    const { [rule]: _, ...others } = draft.bot_rules;
    onChange({ bot_rules: confidence === BOT_RULES[rule].confidence ? others : { ...others, [rule]: confidence } });
  };
  return (
    <>
      {bots.data && <Share {...bots.data} />}
      <SelectField
        label="A visit is a bot’s"
        name="bot_threshold"
        value={String(draft.bot_threshold)}
        options={thresholds(site.bot_threshold)}
        hint="Each sign below adds its weight; from this sum on, a visit is left out of the numbers."
        error={wrong('bot_threshold')}
        onChange={(threshold) => onChange({ bot_threshold: Number(threshold) })}
      />
      <details class="weights" open={Object.keys(site.bot_rules).length > 0}>
        <summary>What each sign weighs</summary>
        <table class="table rules">
          <caption class="sr">
            Signs of a bot, how often they were seen in the last 30 days, and what they weigh
          </caption>
          <thead>
            <tr>
              <th scope="col">Sign</th>
              <th scope="col" class="numeric wide-cell" title="Visits of the last 30 days that bear this sign">
                Visits
              </th>
              <th scope="col" class="numeric">
                Weight
              </th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => {
              const usual = BOT_RULES[rule].confidence;
              const weight = draft.bot_rules[rule] ?? usual;
              const seen = fired.get(rule);
              return (
                <tr key={rule} class={weight === 0 ? 'off' : ''}>
                  <th scope="row">
                    {BOT_RULES[rule].says}
                    {weight !== usual && <span class="muted small"> · usually {usual}</span>}
                  </th>
                  <td class="numeric wide-cell">{seen ? <Count of={seen.visits} /> : ''}</td>
                  <td class="numeric">
                    <Weight rule={rule} value={weight} wrong={wrong(`bot_rules.${rule}`)} onChange={weigh} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </details>
      <Rejudge site={site} last={bots.data?.rejudging ?? null} onDone={bots.refresh} />
    </>
  );
}

interface WeightProps {
  rule: BotRule;
  value: number;
  wrong: string | undefined;
  onChange: (rule: BotRule, confidence: number) => void;
}

function Weight({ rule, value, wrong, onChange }: WeightProps) {
  const all = [...new Set([0, 15, 25, 40, 50, 60, 80, 100, BOT_RULES[rule].confidence, value])].sort((a, b) => a - b);
  return (
    <select
      name={`bot_rules.${rule}`}
      aria-label={`Weight: ${BOT_RULES[rule].says}`}
      aria-invalid={wrong ? 'true' : undefined}
      title={wrong}
      value={String(value)}
      onChange={(event) => onChange(rule, Number(event.currentTarget.value))}
    >
      {all.map((one) => (
        <option key={one} value={String(one)}>
          {one === 0 ? 'Off' : one}
        </option>
      ))}
    </select>
  );
}

function Share({ visits, bot_visits, bot_visits_share: share, rules }: BotsJson) {
  const why = rules.filter((one) => one.bot_visits > 0).slice(0, 3);
  return (
    <p class="bot-share">
      {share === null ? (
        'No visit in the last 30 days.'
      ) : (
        <>
          <strong>{percent(share)}</strong> of the last 30 days’ visits were bots’: {exact(bot_visits)} of{' '}
          {exact(visits)}.
          {why.length > 0 && (
            <span class="muted">
              {' '}
              Most often: {why.map((one) => `${one.says} (${exact(one.bot_visits)})`).join('; ')}.
            </span>
          )}
        </>
      )}
    </p>
  );
}

/** Judges what was collected by the settings in force, a part at a time, as long as somebody looks. */
function Rejudge({ site, last, onDone }: { site: SiteJson; last: RejudgingJson | null; onDone: () => void }) {
  const [run, setRun] = useState<RejudgingJson | null>(null);
  const [busy, setBusy] = useState(false);
  const shown = run ?? last;
  const unfinished = shown !== null && shown.finished === null;
  const goOn = () => {
    setBusy(true);
    api<RejudgingJson>('POST', `/sites/${site.id}/bots/rejudge`)
      .then((next) => {
        setRun(next);
        if (!next.finished) return;
        const changed = next.changed === 1 ? '1 verdict changed' : `${exact(next.changed)} verdicts changed`;
        toast(`${exact(next.judged)} visits judged, ${changed}`);
        onDone();
      })
      .catch((error: unknown) => toast(explain(error), { bad: true }))
      .finally(() => setBusy(false));
  };
  // A change of the settings begins one by itself; each answer is a part of it.
  useEffect(() => {
    if (unfinished && !busy) goOn();
  }, [shown]);
  // What was just saved is judged by: what an earlier run said is over.
  useEffect(() => setRun(null), [last?.started]);
  return (
    <div class="rejudge">
      <Button busy={busy} onClick={goOn}>
        Judge history anew
      </Button>
      {unfinished ? (
        <span class="rejudge-state" role="status">
          <progress max={100} value={shown.progress} aria-label="Judged" /> {shown.progress} %
        </span>
      ) : (
        <span class="muted small">
          {shown
            ? `${exact(shown.judged)} visits judged, ${exact(shown.changed)} changed. Nothing is lost: settings put back bring the verdicts back.`
            : 'A change here does that by itself. Nothing is lost: settings put back bring the verdicts back.'}
        </span>
      )}
    </div>
  );
}

function thresholds(inForce: number): { value: string; label: string }[] {
  const known = new Map(THRESHOLDS);
  return [...new Set([...known.keys(), inForce])]
    .sort((a, b) => a - b)
    .map((value) => {
      const label = known.get(value);
      const usual = value === BOT_THRESHOLD ? ', as usual' : '';
      return { value: String(value), label: `from ${value} on${label ? ` · ${label}` : ''}${usual}` };
    });
}
