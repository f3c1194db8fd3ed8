import { SelectField } from '../ui/field.tsx';

interface Props {
  value: string;
  onChange: (zone: string) => void;
  error?: string | undefined;
}

/** The zone that a site's days and hours are counted in, with the time it is there. */
export function ZoneField({ value, onChange, error }: Props) {
  return (
    <SelectField
      label="Time zone"
      name="timezone"
      value={value}
      onChange={onChange}
      options={zones(value).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      hint={`A day of this site begins at midnight there, where it is ${timeIn(value)} now.`}
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
    return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format();
  } catch {
    return 'a time that this browser can’t tell';
  }
}
