import type { FastifyReply, FastifyRequest } from 'fastify';
import { integer, type Values } from './parameters.ts';

const defaultPerPage = 20;
const largestPerPage = 100;
/** Further on no list reaches, and an offset must stay a number. */
const lastPage = 1_000_000_000;

/** To spread into the parameters of a list, last. */
export const pageParameters = {
  page: integer({ fallback: 1 }),
  per_page: integer({ fallback: defaultPerPage, except: 0 }),
} as const;

export interface Page {
  readonly page: number;
  readonly perPage: number;
  readonly limit: number;
  readonly offset: number;
}

/** What page is asked for: a page below the first is the first, more rows than allowed are as many as allowed. */
export function pageOf({ values }: { readonly values: Values<typeof pageParameters> }): Page {
  const page = Math.min(Math.max(values.page, 1), lastPage);
  const perPage = values.per_page < 1 ? defaultPerPage : Math.min(values.per_page, largestPerPage);
  return { page, perPage, limit: perPage, offset: (page - 1) * perPage };
}

interface PagedCall {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly baseUrl: string;
  /** Everything that was sent or stands for what was not, by name. */
  sent(): Readonly<Record<string, unknown>>;
}

/**
 * The items of a page, after setting the headers that clients walk pages by. Without a total, as where counting would
 * cost too much, `hasNext` says whether there is more, and the headers do not name the last page.
 */
export function paginate<T>(
  call: PagedCall,
  { page, perPage }: Page,
  result:
    | { readonly items: readonly T[]; readonly total: number }
    | { readonly items: readonly T[]; readonly hasNext: boolean },
): readonly T[] {
  const total = 'total' in result ? result.total : undefined;
  const pages = total === undefined ? undefined : Math.max(1, Math.ceil(total / perPage));
  const hasNext = 'hasNext' in result ? result.hasNext : page < (pages ?? 0);
  const previous = page > 1 ? page - 1 : undefined;
  const next = hasNext ? page + 1 : undefined;
  call.reply.headers({
    'x-page': page,
    'x-per-page': perPage,
    'x-next-page': next ?? '',
    'x-prev-page': previous ?? '',
    link: linksOf(call, perPage, { prev: previous, next, first: 1, last: pages }),
    ...(total === undefined ? {} : { 'x-total': total, 'x-total-pages': pages }),
  });
  return result.items;
}

function linksOf(call: PagedCall, perPage: number, pages: Readonly<Record<string, number | undefined>>): string {
  const [path = ''] = call.request.url.split('?');
  return Object.entries(pages)
    .flatMap(([relation, page]) => {
      if (page === undefined) return [];
      const query = queryOf({ ...call.sent(), page, per_page: perPage });
      return [`<${call.baseUrl}${path}?${query}>; rel="${relation}"`];
    })
    .join(', ');
}

/** Sorted by name, as GitLab writes it: `environment_tiers[]=a&page=2`. */
function queryOf(values: Readonly<Record<string, unknown>>): string {
  return Object.keys(values)
    .sort()
    .flatMap((name) => pairsOf(name, values[name]))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

function pairsOf(name: string, value: unknown): [string, string][] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => pairsOf(`${name}[]`, item));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([field, inner]) => pairsOf(`${name}[${field}]`, inner));
  }
  return [[name, value === null ? '' : String(value).toWellFormed()]];
}
