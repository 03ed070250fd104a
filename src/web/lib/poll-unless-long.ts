interface Paged {
  readonly state: { readonly data: { readonly pages: readonly unknown[] } | undefined };
}

const fewPages = 2;

/** How often a list is asked for anew: a long one not at all by the clock, as each of its pages is asked for. */
export function pollUnlessLong({ state }: Paged, pollMs: number): number | false {
  return (state.data?.pages.length ?? 0) > fewPages ? false : pollMs;
}
