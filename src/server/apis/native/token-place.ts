import type { TokenPlaceQuery } from '../../../contract/access.ts';
import { invalid } from '../../errors.ts';
import type { Holder } from '../../features/members/membership-types.ts';
import type { Principal } from '../../principal.ts';
import { holderAt, type Places, placeIn } from './place.ts';

/** The project or group that is named, if one is. Throws `validation_failed` where both are, `not_found`. */
export async function placeOf(
  places: Places,
  principal: Principal,
  query: TokenPlaceQuery,
): Promise<Holder | undefined> {
  const place = placeIn(query);
  return place && holderAt(places, principal, place);
}

/** The same for a token with an access level, which means nothing elsewhere. */
export async function placeFor(places: Places, principal: Principal, body: TokenPlaceQuery): Promise<Holder> {
  const holder = await placeOf(places, principal, body);
  if (!holder) throw invalid([{ pointer: '/access_level', message: 'needs a project or a group' }]);
  return holder;
}

/** The token with an id, of the named project or group, or else of a person. */
export async function referenceTo(places: Places, principal: Principal, query: TokenPlaceQuery, id: number) {
  const holder = await placeOf(places, principal, query);
  return holder ? ({ kind: 'held', holder, id } as const) : ({ kind: 'personal', id } as const);
}
