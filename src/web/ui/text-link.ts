/** How a link looks within text. */
export const textLink =
  'rounded-[3px] text-fg underline decoration-line-strong underline-offset-2 hover:decoration-current';
