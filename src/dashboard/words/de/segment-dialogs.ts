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

  renamed: (name) => `Es heißt jetzt „${name}“`,
  deleteMeans:
    'Nur der Name verschwindet, kein Besuch. Adressen, die ihn nennen, melden dann, dass es ihn nicht mehr gibt.',
  how: '„Filter ändern“ setzt sie an seine Stelle; danach unter seinem Namen wieder speichern.',
  changeFilters: 'Filter ändern',
  rename: 'Umbenennen',

  lost: 'Dieses Segment gibt es hier nicht',
  lostText: (ids) =>
    `Es wurde gelöscht, oder die Adresse gehört zu einer anderen Website: Diese hat kein Segment ${ids.join(' und kein ')}.`,
  goOn: 'Ohne dieses Segment weiter',
};
