/** What somebody who asks where something is may mean by it: any of these. */
export interface WhereQuestion {
  readonly change:
    | { readonly project: string | undefined; readonly number: number; readonly webUrl?: string | undefined }
    | undefined;
  /** The first digits of a commit, in small letters. */
  readonly sha: string | undefined;
  readonly version: string | undefined;
  /** Words of a title, or a ticket named in it. */
  readonly words: string | undefined;
}

const none: WhereQuestion = { change: undefined, sha: undefined, version: undefined, words: undefined };
const longestVersion = 50;
/** Addresses of changes and commits on GitHub, GitLab, Bitbucket, Gitea and Azure DevOps, whatever follows. */
const changeUrl = /^(https?:\/\/\S+?\/(?:merge_requests|pulls?|pull-requests|pullrequest)\/(\d{1,15}))(?:[/?#]\S*)?$/;
const commitUrl = /^https?:\/\/\S+?\/commits?\/([\da-f]{4,64})(?:[/?#]\S*)?$/i;

/**
 * `!12` and `#12` are changes, and so are their addresses; a number may be a version and a sha as well, and digits of a sha may be a word. A version has
 * a digit: words are not looked for among all deployments.
 */
export function readQuestion(text: string): WhereQuestion {
  const q = text.trim();
  const [, project, number] = /^(?:(\S+))?[!#](\d{1,15})$/.exec(q) ?? [];
  if (number !== undefined) return { ...none, change: { project, number: Number(number) } };
  const [, webUrl, ofUrl] = changeUrl.exec(q) ?? [];
  if (ofUrl !== undefined) return { ...none, change: { project: undefined, number: Number(ofUrl), webUrl } };
  const [, sha] = commitUrl.exec(q) ?? [];
  if (sha !== undefined) return { ...none, sha: sha.toLowerCase() };
  const isNumber = /^\d{1,15}$/.test(q);
  return {
    change: isNumber ? { project: undefined, number: Number(q) } : undefined,
    sha: /^[\da-f]{4,64}$/i.test(q) ? q.toLowerCase() : undefined,
    version: q.length <= longestVersion && /^\S*\d\S*$/.test(q) ? q : undefined,
    words: isNumber ? undefined : q,
  };
}
