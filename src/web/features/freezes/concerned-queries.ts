const areas: ReadonlySet<string> = new Set(['freezes', 'frozen', 'gate']);

/** Queries whose answers a freeze period is part of. */
export const concerned = {
  predicate: ({ queryKey: [area] }: { readonly queryKey: readonly unknown[] }) => areas.has(String(area)),
};
