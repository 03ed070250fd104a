/** How long after it began a session ends by itself, in days. */
export const sessionLifeDays = 14;
