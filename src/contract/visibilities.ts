/** Of projects and groups, from the least open: what lies in a group is never more open than the group. */
export const visibilities = ['private', 'internal', 'public'] as const;
export type Visibility = (typeof visibilities)[number];
