/** How forges name a request to merge, and what follows the repository's address where they compare commits. */
const forges = [
  { change: /^(https?:\/\/.+?)\/-\/merge_requests\/\d+/, compare: '/-/compare/' },
  { change: /^(https?:\/\/.+?)\/pulls?\/\d+/, compare: '/compare/' },
] as const;

const commit = /^[\da-f]{7,64}$/i;

/**
 * Where a forge shows what is new between two commits, by the address of any merge or pull request there. undefined where
 * the address is none of a forge that is known, or either is not a commit.
 */
export function compareUrl(changeUrl: string, from: string, to: string): string | undefined {
  if (!commit.test(from) || !commit.test(to)) return undefined;
  for (const { change, compare } of forges) {
    const repository = change.exec(changeUrl)?.[1];
    if (repository !== undefined) return `${repository}${compare}${from}...${to}`;
  }
  return undefined;
}
