/** The address where it is http or https; undefined for anything else, which is then shown as text. */
export function safeLink(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  try {
    const { protocol, href } = new URL(address);
    return protocol === 'http:' || protocol === 'https:' ? href : undefined;
  } catch {
    return undefined;
  }
}

/** Where to go after signing in: a path of this page, never another site. */
export function safeReturnPath(path: string | undefined): string {
  if (!path?.startsWith('/')) return '/';
  try {
    const target = new URL(path, location.origin);
    const inside = target.origin === location.origin && target.pathname !== '/sign-in';
    return inside ? target.pathname + target.search : '/';
  } catch {
    return '/';
  }
}
