import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { accessLevels } from '../../contract/access-levels.ts';
import { projectAt } from '../../contract/project-path.ts';
import type { Schema } from '../db/schema.ts';
import type { Membership, Principal, Reach } from '../principal.ts';

type Builder = ExpressionBuilder<{ p: Schema['projects'] }, 'p'>;

/** The condition that a row of `projects as p` is there for a principal to see: `sees` of principal.ts, in SQL. */
export function visibleTo(eb: Builder, { reach, scopes, memberships }: Principal): Expression<SqlBool> {
  const there = [eb('p.deleted_at', 'is', null), withinReach(eb, reach)];
  if (scopes.includes('admin')) return eb.and(there);
  const own = memberships.filter(({ level }) => level >= accessLevels.reporter).map((member) => covered(eb, member));
  return eb.and([...there, eb.or([eb('p.visibility', '<>', 'private'), ...own])]);
}

function withinReach(eb: Builder, reach: Reach): Expression<SqlBool> {
  switch (reach.kind) {
    case 'all':
      return eb(eb.lit(1), '=', 1);
    case 'group':
      return belowGroup(eb, reach.namespace);
    case 'project':
      return isProject(eb, reach.namespace, reach.service);
    default:
      return reach satisfies never;
  }
}

function covered(eb: Builder, { kind, path }: Membership): Expression<SqlBool> {
  if (kind === 'group') return belowGroup(eb, path);
  const { namespace, service } = projectAt(path);
  return isProject(eb, namespace, service);
}

function isProject(eb: Builder, namespace: string, name: string): Expression<SqlBool> {
  return eb.and([eb('p.namespace', '=', namespace), eb('p.name', '=', name)]);
}

function belowGroup(eb: Builder, path: string): Expression<SqlBool> {
  // Names below `group/` lie between it and `group0`: "0" follows "/" in byte order.
  const below = eb.and([eb('p.namespace', '>', `${path}/`), eb('p.namespace', '<', `${path}0`)]);
  return eb.or([eb('p.namespace', '=', path), below]);
}
