import { limits } from '../../../contract/limits.ts';
import type { Listed, Page } from '../../features/members/membership-types.ts';

/** The part of a list that a query asks for by `limit` and `page`, which counts from 1. */
export function pageOf(query: { readonly limit?: string; readonly page?: string }): Page {
  const limit = query.limit === undefined ? limits.defaultPage : Number(query.limit);
  return { limit, offset: (Math.max(Number(query.page ?? 1), 1) - 1) * limit };
}

/** A part of a list as this API shows it, with the number of the next one where there is one. */
export function pageView<T, V>({ limit, offset }: Page, { items, total }: Listed<T>, view: (item: T) => V) {
  const next = offset + limit < total ? offset / limit + 2 : null;
  return { items: items.map(view), total, next_page: next };
}
