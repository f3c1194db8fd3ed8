import { SelectField } from '../ui/field.tsx';
import { locale } from '../words/language.ts';
import { siteFields as words } from '../words/site-fields.ts';

interface Props {
  value: string;
  onChange: (zone: string) => void;
  error?: string | undefined;
}

/** The zone that a site's days and hours are counted in, with the time it is there. */
export function ZoneField({ value, onChange, error }: Props) {
  return (
    <SelectField
      label={words.timeZone}
      name="timezone"
      value={value}
      onChange={onChange}
      options={zones(value).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      hint={words.timeZoneHint(timeIn(value))}
      error={error}
    />
  );
}

/** The zone of whoever looks. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** All zones that this browser knows, and the chosen one, which may be older than it. */
function zones(chosen: string): string[] {
  return [...new Set(['UTC', chosen, ...Intl.supportedValuesOf('timeZone')])].sort();
}

function timeIn(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone }).format();
  } catch {
    return words.unknownTime;
  }
}
