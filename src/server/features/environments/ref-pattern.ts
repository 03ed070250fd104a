/** What a ref is, as far as its text tells: `refs/heads/main` is a branch, `main` may be a branch or a tag. */
export function readRef(ref: string): { readonly name: string; readonly kind: 'branch' | 'tag' | undefined } {
  if (ref.startsWith('refs/heads/')) return { name: ref.slice('refs/heads/'.length), kind: 'branch' };
  if (ref.startsWith('refs/tags/')) return { name: ref.slice('refs/tags/'.length), kind: 'tag' };
  return { name: ref, kind: undefined };
}

/**
 * Whether a name fits a pattern as Ruby's File.fnmatch with FNM_PATHNAME says: `*` and `?` stand for anything but a slash,
 * a whole part `**` for any number of parts, and a backslash takes the meaning of the next sign. Takes time in proportion
 * to both lengths, whatever the pattern.
 */
export function fitsPattern(pattern: string, name: string): boolean {
  const parts = name.split('/');
  // After each part of the pattern: behind which parts of the name it may end.
  let ends = new Set([0]);
  const wanted = pattern.split('/');
  for (const [index, part] of wanted.entries()) {
    const next = new Set<number>();
    if (part === '**' && index < wanted.length - 1) {
      const first = Math.min(...ends);
      for (let at = first; at <= parts.length; at += 1) next.add(at);
    } else {
      for (const at of ends) if (at < parts.length && fitsPart(part, parts[at] ?? '')) next.add(at + 1);
    }
    if (next.size === 0) return false;
    ends = next;
  }
  return ends.has(parts.length);
}

interface Sign {
  readonly kind: 'any' | 'one' | 'exactly';
  readonly text: string;
}

function fitsPart(pattern: string, text: string): boolean {
  const signs = signsOf(pattern);
  const letters = [...text];
  // reached[i]: whether the signs so far can end after i letters.
  let reached = Array.from({ length: letters.length + 1 }, (_, index) => index === 0);
  for (const { kind, text: wanted } of signs) {
    let isBehind = false;
    reached = reached.map((isHere, index) => {
      isBehind ||= isHere;
      if (kind === 'any') return isBehind;
      const before = index > 0 && reached[index - 1] === true;
      return before && (kind === 'one' || letters[index - 1] === wanted);
    });
  }
  return reached.at(-1) === true;
}

function signsOf(pattern: string): Sign[] {
  return [...pattern.matchAll(/\\(.)|(\*+)|(\?)|([\s\S])/gu)].map(([, escaped, stars, one, plain]) => {
    if (stars !== undefined) return { kind: 'any', text: '' };
    if (one !== undefined) return { kind: 'one', text: '' };
    return { kind: 'exactly', text: escaped ?? plain ?? '' };
  });
}
