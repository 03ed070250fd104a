import { readersZone } from '../../lib/zone-time.ts';
import { ComboboxField } from '../../ui/combobox-field.tsx';

interface ZoneFieldProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (zone: string) => void;
}

const most = 50;
// Browsers leave UTC out, which is no place.
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** A time zone, found by a part of its name. */
export function ZoneField({ value, error, onChange }: ZoneFieldProps) {
  const wanted = value.trim().toLowerCase().replaceAll(' ', '_');
  // A zone that is chosen already is no search for itself.
  const isChosen = zones.includes(value);
  const found = isChosen ? zones : zones.filter((zone) => zone.toLowerCase().includes(wanted));
  const own = readersZone();
  const first = [own, 'UTC'].filter((zone) => found.includes(zone));
  const ordered = [...new Set([...(isChosen ? [value] : []), ...first, ...found])];
  return (
    <ComboboxField
      label="Time zone"
      hint="By whose clocks it begins and ends, also when they are put forward or back."
      placeholder="Europe/Berlin"
      error={error}
      text={value}
      options={ordered.slice(0, most).map((zone) => ({ value: zone, label: zone }))}
      nothing="No time zone has this in its name."
      onText={onChange}
      onChoose={({ value: zone }) => onChange(zone)}
    />
  );
}
