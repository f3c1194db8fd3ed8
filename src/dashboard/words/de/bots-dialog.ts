import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../bots-dialog.ts';

export const botsDialog: Translated<typeof english.botsDialog> = {
  title: 'Warum sie als Bots gelten',
  share: (bots, visits, ofRequests) =>
    `${exact(bots)} von ${exact(visits)} Besuchen dieses Zeitraums, ohne Rücksicht auf Filter${ofRequests === null ? '' : `, und ${ofRequests} der Seitenaufrufe und Ereignisse`}. Ein Besuch kann mehrere Anzeichen tragen; auch Menschen tragen manche.`,
  caption: 'Anzeichen eines Bots, und wie viele Besuche sie trugen',
  sign: 'Anzeichen',
  visits: 'Besuche',
  ofBots: 'Von Bots',
  weight: 'Gewicht',
  off: 'aus',
  toWeights: 'Was ein Anzeichen wiegt',
};
