import { changePollMs } from '../../lib/use-change-news.ts';

interface Paged {
  readonly state: { readonly data: { readonly pages: readonly unknown[] } | undefined };
}

/** How often a list is asked for anew: a long one is so by news alone, as each of its pages is asked for. */
export function pollUnlessLong({ state }: Paged): number | false {
  return (state.data?.pages.length ?? 0) > 2 ? false : changePollMs;
}
