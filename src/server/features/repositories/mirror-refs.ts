/** Reads what git tells of refs. */

/** Name -> what it points to, of `ls-remote` and of `for-each-ref` with `refFormat`. Peeled lines are left out. */
export function refsOf(text: string): Map<string, string> {
  const refs = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [sha = '', name = ''] = line.split('\t');
    if (isSha(sha) && name.startsWith('refs/') && !name.endsWith('^{}')) refs.set(name, sha);
  }
  return refs;
}

export const refFormat = '--format=%(objectname)%09%(refname)';

/** The branch that HEAD names, of `ls-remote --symref`; null: it names none. */
export function headOf(text: string): string | null {
  return /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(text)?.[1] ?? null;
}

export function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([name, sha]) => other.get(name) === sha);
}

/** A full one, of SHA-1 or SHA-256. */
export function isSha(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** What `cat-file --batch-check` with `checkFormat` answers, in the order of what it was asked: undefined is not there. */
export function objectsOf(text: string): ({ readonly sha: string; readonly type: string } | undefined)[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => {
    const [sha = '', type = ''] = line.split(' ');
    return isSha(sha) && type !== '' && type !== 'missing' ? { sha, type } : undefined;
  });
}

export const checkFormat = '--batch-check=%(objectname) %(objecttype)';
