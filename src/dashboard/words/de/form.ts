import type { Translated } from '../area.ts';
import type * as english from '../form.ts';

export const form: Translated<typeof english.form> = {
  required: 'Bitte ausfüllen.',
  noEmail: 'Das sieht nicht nach einer Adresse aus: name@example.com',
  atLeast: (characters) => `Mindestens ${characters} Zeichen.`,
  line: (nth, wrong) => `Zeile ${nth}: ${wrong}`,
  tooMany: 'Zu viele Versuche. Bitte mit dem nächsten warten.',
  databaseSilent: 'Die Datenbank antwortet nicht. Bitte gleich noch einmal versuchen.',
};
