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
import { botSettings as words } from '../words/bot-settings.tsx';
import { signs } from '../words/signs.ts';
import './bot-settings.css';

type Judgement = Pick<SiteJson, 'bot_threshold' | 'bot_rules'>;

interface Props {
  site: SiteJson;
  draft: Judgement;
  onChange: (more: Partial<Judgement>) => void;
  wrong: (name: string) => string | undefined;
}

const THRESHOLDS = new Map<number, 'strict' | 'balanced' | 'lenient' | 'certain'>([
  [40, 'strict'],
  [60, 'balanced'],
  [80, 'lenient'],
  [100, 'certain'],
]);

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
      {!bots.data && bots.error && (
        <p class="form-error" role="status">
          {words.shareUnread} {explain(bots.error)}
        </p>
      )}
      <SelectField
        label={words.threshold}
        name="bot_threshold"
        value={String(draft.bot_threshold)}
        options={thresholds(site.bot_threshold)}
        hint={words.thresholdHint}
        error={wrong('bot_threshold')}
        onChange={(threshold) => onChange({ bot_threshold: Number(threshold) })}
      />
      <details class="weights" open={Object.keys(site.bot_rules).length > 0}>
        <summary>{words.weights}</summary>
        <table class="table rules">
          <caption class="sr">{words.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.sign}</th>
              <th scope="col" class="numeric wide-cell" title={words.visitsTitle}>
                {words.visits}
              </th>
              <th scope="col" class="numeric">
                {words.weight}
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
                    {signs[rule]}
                    {weight !== usual && <span class="muted small"> · {words.usually(usual)}</span>}
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
      aria-label={words.weightOf(signs[rule])}
      aria-invalid={wrong ? 'true' : undefined}
      title={wrong}
      value={String(value)}
      onChange={(event) => onChange(rule, Number(event.currentTarget.value))}
    >
      {all.map((one) => (
        <option key={one} value={String(one)}>
          {one === 0 ? words.off : one}
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
        words.noVisit
      ) : (
        <>
          {words.share(percent(share), bot_visits, visits)}
          {why.length > 0 && (
            <span class="muted">
              {' '}
              {words.mostOften(why.map((one) => `${signs[one.rule]} (${exact(one.bot_visits)})`))}
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
        toast(words.judged(next.judged, next.changed));
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
        {words.judgeAnew}
      </Button>
      {unfinished ? (
        <span class="rejudge-state" role="status">
          <progress max={100} value={shown.progress} aria-label={words.judging} /> {shown.progress} %
        </span>
      ) : (
        <span class="muted small">
          {shown ? words.lastTime(shown.judged, shown.changed) : words.byItself} {words.nothingLost}
        </span>
      )}
    </div>
  );
}

function thresholds(inForce: number): { value: string; label: string }[] {
  return [...new Set([...THRESHOLDS.keys(), inForce])]
    .sort((a, b) => a - b)
    .map((value) => {
      const name = THRESHOLDS.get(value);
      const usual = value === BOT_THRESHOLD ? words.asUsual : '';
      return { value: String(value), label: `${words.from(value)}${name ? ` · ${words[name]}` : ''}${usual}` };
    });
}
