/** What floats over the page beside what opened it; its size and padding are its own. */
export const floatLook =
  'z-50 animate-enter rounded border border-line-strong bg-raised shadow-float focus:outline-none';
