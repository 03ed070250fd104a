import type { ReadPlace } from '../../log/places.ts';

/** A place in the words of the gates. */
export function gated(place: ReadPlace) {
  return [
    { ...place, id: place.projectId },
    { name: place.environment, tier: place.tier },
  ] as const;
}
