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
  domainHint: 'So heißt die Website in Footfall. Ihre Subdomains können dasselbe Snippet verwenden.',

  waiting: 'wartet auf den ersten Besuch',
  unreadable: 'Die Zahlen sind gerade nicht lesbar; diese Seite fragt von selbst wieder.',
  visitors: 'Besucher in 30 Tagen',
};
