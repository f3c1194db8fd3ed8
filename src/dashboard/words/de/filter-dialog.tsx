import type { Translated } from '../area.ts';
import type * as english from '../filter-dialog.tsx';

export const filterDialog: Translated<typeof english.filterDialog> = {
  add: 'Filter hinzufügen',
  change: 'Filter ändern',
  keep: 'Behalten',
  kept: {
    rows: 'Besuche und Ereignisse, die passen',
    has_done: 'Besucher, die es getan haben',
    has_not_done: 'Besucher, die es nicht getan haben',
  },
  keptHint: 'Irgendwann im Zeitraum; alles andere, was sie taten, bleibt mit dabei.',
  of: 'Was',
  aProperty: 'Eigenschaft…',
  how: 'Vergleich',
  property: 'Eigenschaft',
  pattern: 'Muster',
  value: 'Wert',
  searchOrType: 'Suchen oder eingeben',
  patternHint: () => (
    <>
      <code>.</code> ein beliebiges Zeichen, <code>*</code> beliebig viele davon, <code>^</code> Anfang, <code>$</code>{' '}
      Ende, <code>a|b</code> eines von beiden, <code>\</code> vor einem Zeichen, das für sich selbst steht.
    </>
  ),
  anyCase: 'Groß-/Kleinschreibung egal',
  matched: 'Worauf es passt',
  values: 'Werte',
  typed: (value) => `„${value}“`,
  matchesNothing: 'Es passt auf nichts in diesem Zeitraum.',
  nothing: 'Nichts in diesem Zeitraum.',
  joined: 'Wie Bedingungen verbunden sind',
  any: 'Eine genügt',
  all: 'Alle sind nötig',
  orAnother: '+ Oder noch eine',
  andAnother: '+ Und noch eine',
  andWithIt: '+ Und zugleich',
  orInItsPlace: '+ Oder stattdessen',
  isNew: 'Neue Bedingung',
  removeOne: 'Bedingung entfernen',
  remove: 'Entfernen',
  apply: 'Anwenden',
};
