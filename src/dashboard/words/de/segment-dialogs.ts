import type { Translated } from '../area.ts';
import type * as english from '../segment-dialogs.ts';

export const segmentDialogs: Translated<typeof english.segmentDialogs> = {
  segment: 'Segment',
  saveTitle: 'Als Segment speichern',
  nameExample: 'Käufer aus Estland',
  isThere: 'Ein Segment mit diesem Namen gibt es: Es bekommt diese Filter.',
  replaces: 'Ein Segment mit demselben Namen wird ersetzt.',
  replace: 'Ersetzen',
  kept: (name) => `„${name}“ ist gespeichert`,
  replaced: (name) => `„${name}“ hat jetzt diese Filter`,

  forWhom: 'Für wen',
  own: 'Nur für mich',
  shared: 'Für alle',
  ownMeans: 'Links damit enthalten die Filter: Wer die Website sehen darf, sieht dasselbe.',
  sharedMeans:
    'Alle, die die Website sehen, können es verwenden und ändern, auch die API. Links damit folgen den Änderungen.',
  takenBack:
    'Die anderen haben es dann nicht mehr. Links und Abfragen, die es nennen, melden, dass es nicht mehr da ist.',

  changed: (name) => `„${name}“ ist geändert`,
  deleteOwnMeans: 'Nur der Name verschwindet, kein Besuch. Links mit seinen Filtern gelten weiter.',
  deleteMeans:
    'Nur der Name verschwindet, kein Besuch. Adressen, die ihn nennen, melden dann, dass es ihn nicht mehr gibt.',
  how: '„Filter ändern“ setzt sie an seine Stelle; danach unter seinem Namen wieder speichern.',
  changeFilters: 'Filter ändern',

  lost: 'Dieses Segment gibt es hier nicht',
  lostText: (ids) =>
    `Es wurde gelöscht, jemand behält es für sich, oder die Adresse gehört zu einer anderen Website: Diese teilt kein Segment ${ids.join(' und kein ')}.`,
  goOn: 'Ohne dieses Segment weiter',
};
