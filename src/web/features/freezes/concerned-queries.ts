/** Queries whose answers a freeze period is part of. */
export const concerned = {
  predicate: ({ queryKey: [area] }: { readonly queryKey: readonly unknown[] }) => area === 'freezes' || area === 'gate',
};
