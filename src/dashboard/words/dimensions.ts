import type { Friction } from '../../contract/replay.ts';
import type { Channel, DeviceClass, ScreenClass } from '../../contract/words.ts';
import { plural } from '../format.ts';
import { area } from './area.ts';

type Named = [one: string, many: string];

/** What visits and events are divided and filtered by, and what the recorder finds. */
export const dimensions = area('dimensions', {
  /** For one of it, for many; in the order of the filter dialog. */
  names: {
    'event:page': ['Page', 'pages'],
    'event:page_title': ['Page title', 'page titles'],
    'visit:entry_page': ['Entry page', 'entry pages'],
    'visit:exit_page': ['Exit page', 'exit pages'],
    'event:hostname': ['Hostname', 'hostnames'],
    'visit:entry_page_hostname': ['Entry hostname', 'entry hostnames'],
    'event:name': ['Event', 'events'],
    'event:goal': ['Goal', 'goals'],
    'visit:source': ['Source', 'sources'],
    'visit:channel': ['Channel', 'channels'],
    'visit:referrer': ['Referrer', 'referrers'],
    'visit:utm_source': ['UTM source', 'UTM sources'],
    'visit:utm_medium': ['UTM medium', 'UTM mediums'],
    'visit:utm_campaign': ['Campaign', 'campaigns'],
    'visit:utm_content': ['UTM content', 'UTM contents'],
    'visit:utm_term': ['UTM term', 'UTM terms'],
    'visit:country': ['Country', 'countries'],
    'visit:region': ['Region', 'regions'],
    'visit:city': ['City', 'cities'],
    'visit:browser': ['Browser', 'browsers'],
    'visit:browser_version': ['Browser version', 'browser versions'],
    'visit:os': ['System', 'systems'],
    'visit:os_version': ['System version', 'system versions'],
    'visit:device': ['Device', 'devices'],
    'visit:screen': ['Screen', 'screens'],
    'visit:language': ['Language', 'languages'],
    'visit:signal': ['Signal', 'signals'],
  } satisfies Record<string, Named>,
  /** What the collector says of every visit; a channel that was imported keeps its name. */
  values: {
    'visit:channel': {
      Direct: 'Direct',
      'Organic Search': 'Organic Search',
      'Organic Social': 'Organic Social',
      'Organic Video': 'Organic Video',
      'Organic Shopping': 'Organic Shopping',
      Referral: 'Referral',
      Email: 'Email',
      'Paid Search': 'Paid Search',
      'Paid Social': 'Paid Social',
      'Paid Video': 'Paid Video',
      'Paid Shopping': 'Paid Shopping',
      'Paid Other': 'Paid Other',
      Display: 'Display',
      'Cross-network': 'Cross-network',
      'AI Assistants': 'AI Assistants',
      Affiliates: 'Affiliates',
      Audio: 'Audio',
      SMS: 'SMS',
      'Mobile Push Notifications': 'Mobile Push Notifications',
    } satisfies Record<Channel, string>,
    'visit:device': {
      Desktop: 'Desktop',
      Mobile: 'Mobile',
      Tablet: 'Tablet',
      TV: 'TV',
    } satisfies Record<DeviceClass, string>,
    'visit:screen': {
      Mobile: 'Mobile',
      Tablet: 'Tablet',
      Laptop: 'Laptop',
      Desktop: 'Desktop',
    } satisfies Record<ScreenClass, string>,
  },
  /** What stands for a value where there is none. */
  unset: { 'Direct / None': 'Direct / None', '(none)': '(none)', '(not set)': '(not set)' },
  valuesOf: (property: string) => `values of ${property}`,

  signals: {
    errors: 'Errors',
    rage_clicks: 'Rage clicks',
    dead_clicks: 'Dead clicks',
    quick_backs: 'Quick backs',
    abandoned_forms: 'Abandoned forms',
    slow_interactions: 'Slow interactions',
  } satisfies Record<Friction, string>,
  found: {
    errors: (n: number) => plural(n, 'error'),
    rage_clicks: (n: number) => plural(n, 'rage click'),
    dead_clicks: (n: number) => plural(n, 'dead click'),
    quick_backs: (n: number) => plural(n, 'quick back'),
    abandoned_forms: (n: number) => plural(n, 'abandoned form'),
    slow_interactions: (n: number) => plural(n, 'slow interaction'),
  } satisfies Record<Friction, (n: number) => string>,
});
