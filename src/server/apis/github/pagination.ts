import { mount } from './mounts.ts';
import type { GitHubCall } from './route.ts';

const defaultPerPage = 30;
const largestPerPage = 100;
/** Further on no list reaches, and an offset must stay a number. */
const lastPage = 1_000_000_000;

export interface Page {
  readonly page: number;
  readonly perPage: number;
  readonly limit: number;
  readonly offset: number;
}

/** What page is asked for. GitHub refuses no page: what makes no sense is the default, too many rows are as many as allowed. */
export function pageOf({ query }: Pick<GitHubCall, 'query'>): Page {
  const page = Math.min(countOf(query['page']) ?? 1, lastPage);
  const perPage = Math.min(countOf(query['per_page']) ?? defaultPerPage, largestPerPage);
  return { page, perPage, limit: perPage, offset: (page - 1) * perPage };
}

function countOf(value: unknown): number | undefined {
  const isCount = typeof value === 'string' && /^\d{1,15}$/.test(value) && Number(value) > 0;
  return isCount ? Number(value) : undefined;
}

/** The items of a page, after setting the Link header that clients walk pages by. Without a total it names no last page. */
export function paginate<T>(
  call: Pick<GitHubCall, 'request' | 'reply' | 'query' | 'apiUrl'>,
  { page, perPage }: Page,
  {
    items,
    hasNext,
    total,
  }: { readonly items: readonly T[]; readonly hasNext?: boolean; readonly total?: number | undefined },
): readonly T[] {
  const last = total === undefined ? undefined : Math.max(1, Math.ceil(total / perPage));
  const isMore = hasNext ?? page < (last ?? 0);
  const pages = {
    prev: page > 1 ? page - 1 : undefined,
    next: isMore ? page + 1 : undefined,
    last: isMore ? last : undefined,
    first: page > 1 ? 1 : undefined,
  };
  const links = Object.entries(pages).flatMap(([relation, to]) =>
    to === undefined ? [] : [`<${linkTo(call, to)}>; rel="${relation}"`],
  );
  if (links.length > 0) call.reply.header('link', links.join(', '));
  return items;
}

function linkTo({ request, query, apiUrl }: Pick<GitHubCall, 'request' | 'query' | 'apiUrl'>, page: number): string {
  const [path = ''] = request.url.slice(mount.length).split('?');
  const values = { ...query, page };
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(String(each).toWellFormed())}`),
  );
  return `${apiUrl}${path}?${pairs.join('&')}`;
}
