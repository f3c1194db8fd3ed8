import { area } from './area.ts';

/** What is wrong with a form. */
export const form = area('form', {
  required: 'Please fill this in.',
  noEmail: 'That does not look like an address: you@example.com',
  atLeast: (characters: number) => `At least ${characters} characters.`,
  line: (nth: number, wrong: string) => `Line ${nth}: ${wrong}`,
  tooMany: 'Too many attempts. Wait before the next one.',
  databaseSilent: 'The database is not answering. Try again in a moment.',
});
