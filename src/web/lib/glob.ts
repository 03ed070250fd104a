/** Whether a text has `*` or `?` in it, and so means a pattern. */
export function isGlob(text: string): boolean {
  return /[*?]/.test(text);
}

/**
 * `*` for any text, `?` for one character, without regard to case. A pattern with a slash is held against
 * `namespace/service`, one without against the service in every namespace.
 */
export function globMatcher(
  pattern: string,
): (project: { namespace?: string | undefined; service: string }) => boolean {
  const wanted = pattern.toLowerCase();
  const whole = pattern.includes('/');
  return ({ namespace, service }) =>
    matches(wanted, (whole && namespace ? `${namespace}/${service}` : service).toLowerCase());
}

/** Goes back to the last star only, so a pattern of many stars costs no more than text times pattern. */
function matches(pattern: string, text: string): boolean {
  let at = 0;
  let wanted = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[wanted] === '*') {
      star = wanted++;
      resume = at;
    } else if (pattern[wanted] === '?' || pattern[wanted] === text[at]) {
      wanted++;
      at++;
    } else if (star >= 0) {
      wanted = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(wanted));
}
