import { memberLevels } from '../../../contract/access-levels.ts';
import type { Member as MemberBody } from '../../../contract/members.ts';
import type { Member } from '../../features/members/member-types.ts';
import type { Holder } from '../../features/members/membership-types.ts';
import { timeText } from './event-view.ts';
import { userFactsView } from './user-view.ts';

/** A member as those see it who know of the project or group. */
export function memberView(member: Member, holder: Holder): MemberBody {
  const { user, expiresAt, createdAt, createdBy, of } = member;
  const level = memberLevels.find((each) => each === member.level);
  if (level === undefined) throw new RangeError(`There is no access level ${member.level} of members.`);
  return {
    ...userFactsView(user),
    access_level: level,
    expires_at: expiresAt === null ? null : timeText(expiresAt),
    created_at: timeText(createdAt),
    added_by: createdBy?.name ?? null,
    of: { kind: of.kind, path: of.path },
    inherited: of.kind !== holder.kind || of.path !== holder.path,
  };
}
