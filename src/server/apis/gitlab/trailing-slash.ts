const mounted = /^\/+api\/v4\/+[^?]/;

/** A slash at the end of a path of this API says nothing, as in GitLab. One that is encoded belongs to a name, and stays. */
export function withoutTrailingSlash(url: string): string {
  if (!mounted.test(url)) return url;
  const query = url.indexOf('?');
  const end = query === -1 ? url.length : query;
  return url[end - 1] === '/' ? url.slice(0, end - 1) + url.slice(end) : url;
}
