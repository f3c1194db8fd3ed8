import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../bot-settings.tsx';

const judgedVisits = (n: number) => `${exact(n)} ${n === 1 ? 'Besuch' : 'Besuche'} beurteilt`;

export const botSettings: Translated<typeof english.botSettings> = {
  threshold: 'Als Bot gilt ein Besuch',
  thresholdHint: 'Jedes Anzeichen unten bringt sein Gewicht ein; ab dieser Summe zählt ein Besuch nicht mit.',
  from: (sum) => `ab ${sum}`,
  strict: 'Streng: Ein starkes Anzeichen genügt',
  balanced: 'Ausgewogen',
  lenient: 'Nachsichtig: mehrere Anzeichen zusammen',
  certain: 'Nur, was sicher ist',
  asUsual: ', wie üblich',

  weights: 'Was jedes Anzeichen wiegt',
  caption: 'Anzeichen eines Bots, wie oft sie in den letzten 30 Tagen vorkamen, und was sie wiegen',
  sign: 'Anzeichen',
  visits: 'Besuche',
  visitsTitle: 'Besuche der letzten 30 Tage mit diesem Anzeichen',
  weight: 'Gewicht',
  weightOf: (sign) => `Gewicht: ${sign}`,
  usually: (weight) => `üblich ${weight}`,
  off: 'Aus',

  shareUnread: 'Wie viele Besuche von Bots kamen, ist gerade nicht lesbar.',
  noVisit: 'Kein Besuch in den letzten 30 Tagen.',
  share: (percent, bots, visits) => (
    <>
      <strong>{percent}</strong> der Besuche der letzten 30 Tage kamen von Bots: {exact(bots)} von {exact(visits)}.
    </>
  ),
  mostOften: (signs) => `Am häufigsten: ${signs.join('; ')}.`,

  judgeAnew: 'Bisheriges neu beurteilen',
  judging: 'Beurteilt',
  judged: (visits, changed) =>
    `${judgedVisits(visits)}, ${changed === 1 ? '1 Urteil' : `${exact(changed)} Urteile`} geändert`,
  lastTime: (visits, changed) => `${judgedVisits(visits)}, ${exact(changed)} geändert.`,
  byItself: 'Eine Änderung hier tut das von selbst.',
  nothingLost: 'Nichts geht verloren: Werden Einstellungen zurückgestellt, kommen die Urteile zurück.',
};
