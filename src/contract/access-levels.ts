/** GitLab's access levels, which members, protected environments and approval rules are told in. */
export const accessLevels = { guest: 10, reporter: 20, developer: 30, maintainer: 40, owner: 50, admin: 60 } as const;

const { guest, reporter, developer, maintainer, owner } = accessLevels;

/** What a member can be, from the least. */
export const memberLevels = [guest, reporter, developer, maintainer, owner] as const;
export type MemberLevel = (typeof memberLevels)[number];
