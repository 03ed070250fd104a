/** What a commit is found by: its sha, whole or abbreviated, or the ref that stands for it. */
export type CommitName =
  | { readonly kind: 'sha'; readonly sha: string }
  | { readonly kind: 'ref'; readonly ref: string };

/** Git itself abbreviates to seven digits or more. */
export const shortestSha = 7;

/** Reads what a caller wrote for a commit. */
export function commitNamed(text: string): CommitName {
  const isSha = text.length >= shortestSha && /^[\da-f]{1,64}$/i.test(text);
  return isSha ? { kind: 'sha', sha: text.toLowerCase() } : { kind: 'ref', ref: text };
}

/** The ways in which callers write one branch or tag: `refs/heads/main`, `heads/main` and `main`. */
export function spellingsOf(ref: string): readonly string[] {
  const short = ref.replace(/^(refs\/)?(heads|tags)\//, '');
  const long = ['heads', 'tags'].flatMap((kind) => [`${kind}/${short}`, `refs/${kind}/${short}`]);
  return [...new Set([ref, short, ...long])];
}

/** The stored name of a commit: what is equal there is told of the same commit. */
export function keyOf(name: CommitName): string {
  return name.kind === 'sha' ? name.sha : name.ref;
}
