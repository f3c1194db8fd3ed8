import type { StatusJson } from '../../contract/api.ts';
import { Card } from '../ui/card.tsx';
import { Count } from '../ui/number.tsx';
import { status as words } from '../words/status.tsx';
import { explained, FATES } from './reasons.ts';

/** What became of every hit, by reason: this hour, the last 24. */
export function Counts({ counts, children }: { counts: StatusJson['counts']; children: preact.ComponentChildren }) {
  return (
    <Card title={words.counts.card} class="padded">
      <table class="table fates">
        <caption class="sr">{words.counts.caption}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="sr">{words.counts.reason}</span>
            </th>
            <th scope="col" class="numeric">
              {words.counts.hour}
            </th>
            <th scope="col" class="numeric">
              {words.counts.day}
            </th>
          </tr>
        </thead>
        {FATES.map((fate) => {
          const { title, about } = words.fates[fate];
          const rows = counts.filter((count) => count.fate === fate);
          const sum = (span: 'hour' | 'day') => rows.reduce((total, row) => total + row[span], 0);
          return (
            <tbody key={fate} data-fate={fate}>
              <tr class="fate">
                <th scope="rowgroup">
                  <h3>{title}</h3>
                  <p class="fate-about">{about()}</p>
                </th>
                <td class="numeric">
                  <Count of={sum('hour')} />
                </td>
                <td class="numeric">
                  <Count of={sum('day')} />
                </td>
              </tr>
              {rows.map(({ reason, hour, day }) => {
                const { title, text } = explained(reason);
                return (
                  <tr key={reason} class="reason" data-reason={reason}>
                    <th scope="row">
                      <span class="reason-title">{title}</span> <code>{reason}</code>
                      {text && <p class="reason-text">{text}</p>}
                    </th>
                    <td class="numeric">
                      <Count of={hour} />
                    </td>
                    <td class="numeric">
                      <Count of={day} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          );
        })}
      </table>
      {children}
    </Card>
  );
}
