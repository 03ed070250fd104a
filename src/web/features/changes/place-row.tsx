import type { ChangePlace } from '../../../contract/changes.ts';
import { PlaceMark } from './place-mark.tsx';

/** Environments whose ages fit on one line with their names. */
const mostAged = 3;

interface PlaceRowProps {
  readonly places: readonly ChangePlace[];
  /** Environments that stand below one another in all lines; none: each line has its own in a row. */
  readonly columns: readonly string[];
}

/** The environments of a change; beside one another, each below itself in the line before. */
export function PlaceRow({ places, columns }: PlaceRowProps) {
  const isAged = Math.max(columns.length, places.length) <= mostAged;
  return (
    <span
      className={`flex min-w-0 flex-wrap gap-x-3 gap-y-0.5 ${columns.length > 0 ? 'md:grid md:items-start' : ''}`}
      // Long names get more of the width; each begins at the same place in every line.
      style={{ gridTemplateColumns: columns.map((name) => `minmax(0, ${name.length + 4}fr)`).join(' ') }}
    >
      {places.map((place) => (
        <span
          key={place.environment}
          className="flex min-w-0"
          style={{ gridColumnStart: columns.indexOf(place.environment) + 1 || undefined }}
        >
          <PlaceMark place={place} aged={isAged} />
        </span>
      ))}
    </span>
  );
}
