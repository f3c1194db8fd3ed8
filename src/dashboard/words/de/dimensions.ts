import { plural } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../dimensions.ts';

export const dimensions: Translated<typeof english.dimensions> = {
  names: {
    'event:page': ['Seite', 'Seiten'],
    'event:page_title': ['Seitentitel', 'Seitentitel'],
    'visit:entry_page': ['Einstiegsseite', 'Einstiegsseiten'],
    'visit:exit_page': ['Ausstiegsseite', 'Ausstiegsseiten'],
    'event:hostname': ['Hostname', 'Hostnamen'],
    'visit:entry_page_hostname': ['Einstiegs-Hostname', 'Einstiegs-Hostnamen'],
    'event:name': ['Ereignis', 'Ereignisse'],
    'event:goal': ['Ziel', 'Ziele'],
    'visit:source': ['Quelle', 'Quellen'],
    'visit:channel': ['Kanal', 'Kanäle'],
    'visit:referrer': ['Referrer', 'Referrer'],
    'visit:utm_source': ['UTM-Quelle', 'UTM-Quellen'],
    'visit:utm_medium': ['UTM-Medium', 'UTM-Medien'],
    'visit:utm_campaign': ['Kampagne', 'Kampagnen'],
    'visit:utm_content': ['UTM-Inhalt', 'UTM-Inhalte'],
    'visit:utm_term': ['UTM-Begriff', 'UTM-Begriffe'],
    'visit:country': ['Land', 'Länder'],
    'visit:region': ['Region', 'Regionen'],
    'visit:city': ['Stadt', 'Städte'],
    'visit:browser': ['Browser', 'Browser'],
    'visit:browser_version': ['Browserversion', 'Browserversionen'],
    'visit:os': ['System', 'Systeme'],
    'visit:os_version': ['Systemversion', 'Systemversionen'],
    'visit:device': ['Gerät', 'Geräte'],
    'visit:screen': ['Bildschirm', 'Bildschirme'],
    'visit:language': ['Sprache', 'Sprachen'],
    'visit:signal': ['Signal', 'Signale'],
  },
  valuesOf: (property) => `Werte von ${property}`,

  signals: {
    errors: 'Fehler',
    rage_clicks: 'Wutklicks',
    dead_clicks: 'Tote Klicks',
    quick_backs: 'Sofort zurück',
    abandoned_forms: 'Abgebrochene Formulare',
    slow_interactions: 'Langsame Reaktionen',
  },
  found: {
    errors: (n) => plural(n, 'Fehler', 'Fehler'),
    rage_clicks: (n) => plural(n, 'Wutklick'),
    dead_clicks: (n) => plural(n, 'toter Klick', 'tote Klicks'),
    quick_backs: (n) => `${n}-mal sofort zurück`,
    abandoned_forms: (n) => plural(n, 'abgebrochenes Formular', 'abgebrochene Formulare'),
    slow_interactions: (n) => plural(n, 'langsame Reaktion', 'langsame Reaktionen'),
  },
};
