/**
 * The dashboard's words, in one catalogue: a file for each part of it, so that a part is loaded with its own words. English is what
 * is written there; another language has a folder with the same files, loaded whole before anything is shown.
 */

/** What an area's words are in another language: each word, and each sentence made of the same things. */
export type Translated<Words> = {
  [Name in keyof Words]: Words[Name] extends string
    ? string
    : Words[Name] extends (...made: infer Of) => infer Sentence
      ? (...made: Of) => Sentence extends string ? string : Sentence
      : Translated<Words[Name]>;
};

type Area = object;

const known = new Map<string, Area>();
let spoken: Record<string, Area> = {};

/** The words of an area, in the language that is spoken: read them where they are shown, not before. */
export function area<Words extends Area>(name: string, english: Words): Words {
  const words = { ...english, ...spoken[name] };
  known.set(name, words);
  return words;
}

/** From here on all areas speak a language, those that are loaded later, too. */
export function speak(language: Record<string, Area>): void {
  spoken = language;
  for (const [name, words] of known) Object.assign(words, language[name]);
}
