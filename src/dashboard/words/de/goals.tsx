import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../goals.tsx';

export const goals: Translated<typeof english.goals> = {
  goals: 'Ziele',
  newGoal: 'Neues Ziel',
  none: 'Was sollen Besucher tun?',
  noneText:
    'Kaufen, sich registrieren, eine Seite erreichen: Ein Ziel zeigt, wer es erreicht hat, woher er kam und, in der Aufzeichnung, wie es dazu kam. Seine Zahlen reichen bis zum ersten Besuch zurück.',
  inOverview: 'Wer es erreicht hat, in der Übersicht',
  actions: 'Aktionen',
  actionsOf: (goal) => `Aktionen für ${goal}`,
  edit: 'Bearbeiten',
  itsVisits: 'Besuche dazu',
  itsRecordings: 'Aufzeichnungen dazu',

  pageOf: (path) => `Seite ${path}`,
  eventOf: (event, conditions) =>
    `Ereignis „${event}“${conditions.length ? `, nur wenn: ${conditions.join(' und ')}` : ''}`,

  change: 'Ziel ändern',
  changed: 'Ziel geändert',
  isSet: 'Ziel gesetzt; es zählt alles, was bisher gesammelt wurde',
  inUse: 'Ein Ziel mit diesem Namen gibt es schon.',
  kind: 'Art des Ziels',
  eventHappens: 'Ein Ereignis',
  pageSeen: 'Eine Seite',
  event: 'Ereignis',
  eventHint: (event) => (
    <>
      Wie die Seite es sendet: <code>footfall('{event}')</code>
    </>
  ),
  page: 'Seite',
  pageHint: () => (
    <>
      <code>*</code> steht für alles außer einem Schrägstrich, <code>**</code> für alles.
    </>
  ),
  nameExample: 'Anmeldungen',
  nameHint: 'Wie es im Dashboard heißt.',
  set: 'Ziel setzen',
  preview: (events, visitors) =>
    `In den letzten 30 Tagen: ${exact(events)}-mal, von ${exact(visitors)} ${visitors === 1 ? 'Besucher' : 'Besuchern'}.`,

  conditions: 'Nur wenn',
  property: (nth) => `Eigenschaft ${nth}`,
  comparison: (nth) => `Vergleich ${nth}`,
  value: (nth) => `Wert ${nth}`,
  removeCondition: (nth) => `Bedingung ${nth} entfernen`,
  addCondition: '+ Bedingung',

  deleteMeans:
    'Nur das Ziel verschwindet. Besuche und Ereignisse bleiben: Dasselbe Ziel, neu angelegt, hat wieder dieselben Zahlen.',
};
