import type { Translated } from '../area.ts';
import type * as english from '../forget-visitor.ts';
import { counts } from './counts.ts';

export const forgetVisitor: Translated<typeof english.forgetVisitor> = {
  title: 'Diesen Besucher löschen?',
  means:
    'Alle Besuche dieses Besuchers, alles, was darin geschah, und die Aufzeichnungen davon werden endgültig gelöscht, und die Zahlen jener Tage ändern sich. Einen Weg zurück gibt es nicht.',
  word: 'löschen',
  type: (word) => `Zum Fortfahren ${word} eintippen`,
  go: 'Endgültig löschen',
  done: (visits, recordings) => `${counts.visits(visits)} und ${counts.recordings(recordings)} gelöscht`,
};
