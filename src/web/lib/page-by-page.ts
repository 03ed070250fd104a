/** How an endless list goes on where each answer names the next one by a cursor. */
export const pagesByCursor = {
  initialPageParam: undefined as string | undefined, // the first page has no cursor
  getNextPageParam: ({ next_cursor: next }: { readonly next_cursor: string | null }) => next ?? undefined,
};

/** How an endless list goes on where pages are counted, from 1. */
export const pagesByNumber = {
  initialPageParam: 1,
  getNextPageParam: ({ next_page: next }: { readonly next_page: number | null }) => next ?? undefined,
};
