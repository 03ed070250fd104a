import type { Matrix } from '../../contract/matrix.ts';
import { type ProjectIdentity, projectAt } from '../../contract/project-address.ts';
import { nameAt, projectName } from './project-name.ts';

/** A project that is given by its path. Only the matrix knows where the namespace ends, as either part may have a slash. */
export function namedProject(path: string, matrix: Matrix | undefined): ProjectIdentity {
  const name = nameAt(path);
  const { namespace, service } = matrix?.rows.find((row) => projectName(row) === name) ?? projectAt(path);
  return { ...(namespace ? { namespace } : {}), service };
}
