import type { Translated } from '../area.ts';
import type * as english from '../sites.ts';

export const sites: Translated<typeof english.sites> = {
  sites: 'Websites',
  find: 'Website suchen',
  addSite: 'Website hinzufügen',
  noneFound: (sought) => `Keine Website hat „${sought}“ im Namen`,
  noneFoundText: 'Vielleicht schreibt sie sich anders oder wird hier noch nicht gemessen.',
  archived: (n) => `${n} archiviert`,
  first: 'Welche Website soll gemessen werden?',
  firstText: 'Eine Zeile ist dort einzufügen, und ihr erster Besuch erscheint hier, sobald er geschieht.',
  addTitle: 'Website hinzufügen',
  domainHint: 'Danach heißt die Website hier; ihre Subdomains dürfen dasselbe Snippet tragen.',

  waiting: 'wartet auf den ersten Besuch',
  unreadable: 'Die Zahlen sind gerade nicht lesbar.',
  visitors: 'Besucher in 30 Tagen',
};
