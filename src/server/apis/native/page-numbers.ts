import { limits } from '../../../contract/limits.ts';

interface PageQuery {
  readonly limit?: string;
  readonly page?: string;
}

/** The part of a list that a request asks for by `limit` and `page`, and the number of the page after it. */
export function pageOf({ limit: asked, page: number = '1' }: PageQuery) {
  const limit = asked === undefined ? limits.defaultPage : Number(asked);
  const page = Math.max(Number(number), 1);
  return {
    limit,
    offset: (page - 1) * limit,
    after: (total: number): number | null => (page * limit < total ? page + 1 : null),
  };
}
