import { plural } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../counts.ts';

const count =
  (one: string, many: string) =>
  (n: number): string =>
    plural(n, one, many);

export const counts: Translated<typeof english.counts> = {
  visits: count('Besuch', 'Besuche'),
  visitors: count('Besucher', 'Besucher'),
  pages: count('Seite', 'Seiten'),
  views: count('Seitenaufruf', 'Seitenaufrufe'),
  conversions: count('Conversion', 'Conversions'),
  recordings: count('Aufzeichnung', 'Aufzeichnungen'),
  clicks: count('Klick', 'Klicks'),
  errors: count('Fehler', 'Fehler'),
  rage_clicks: count('Wutklick', 'Wutklicks'),
  dead_clicks: count('toter Klick', 'tote Klicks'),
  quick_backs: count('schneller Rücksprung', 'schnelle Rücksprünge'),
  abandoned_forms: count('abgebrochenes Formular', 'abgebrochene Formulare'),
  slow_interactions: count('langsame Reaktion', 'langsame Reaktionen'),
};
