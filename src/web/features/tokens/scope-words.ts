import { type Scope, scopes } from '../../../contract/access.ts';

/** What each scope lets a token do. */
const words: Readonly<Record<Scope, string>> = {
  record: 'Report deployments, and nothing else. For pipelines.',
  read_api: 'Read everything that the token reaches. For dashboards and scripts.',
  api: 'Read, report and change, as far as the access level goes.',
  admin: 'Administer the server: users, groups, and everybody’s projects.',
};

/** Scopes that can be chosen: only administrators have tokens that administer, and only personal ones. */
export function offeredScopes(mayAdminister: boolean): readonly { readonly scope: Scope; readonly may: string }[] {
  return scopes.filter((scope) => scope !== 'admin' || mayAdminister).map((scope) => ({ scope, may: words[scope] }));
}
