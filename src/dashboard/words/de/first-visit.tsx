import type { Translated } from '../area.ts';
import type * as english from '../first-visit.tsx';

export const firstVisit: Translated<typeof english.firstVisit> = {
  waiting: 'Warten auf den ersten Besuch',
  waitingFor: (domain) => `Warten auf den ersten Besuch bei ${domain}`,
  addSnippet: 'Das Snippet in die Website einfügen',
  openSite: 'Die Website öffnen',
  goTo: (link) => (
    <>{link} aufrufen, wie ein Besucher es täte. Diese Seite wird zum Dashboard, sobald sie davon hört.</>
  ),
  stillWaiting: 'Besucht, und noch immer nichts?',
  gpc: 'Ein Browser, der nicht verfolgt werden will (Global Privacy Control), wird ausgelassen, sofern die Einstellungen der Website nichts anderes sagen.',
  counted: (status) => (
    <>
      Was angekommen ist und was daraus wurde, zählt die <a href={status}>Statusseite</a> der Website. Sie prüft auch,
      ob eine Seite das Snippet hat.
    </>
  ),
  showEmpty: 'Das leere Dashboard zeigen',
};
