import type { Matrix } from '../../contract/matrix.ts';
import { projectName } from './project-name.ts';

interface ProjectAddress {
  readonly namespace?: string;
  readonly service: string;
}

/** A project that is given by its path. Only the matrix knows where the namespace ends, as either part may have a slash. */
export function projectAddress(path: string, matrix: Matrix | undefined): ProjectAddress {
  const row = matrix?.rows.find((candidate) => projectName(candidate) === path);
  const cut = path.lastIndexOf('/');
  const namespace = row ? row.namespace : cut > 0 ? path.slice(0, cut) : undefined;
  return { ...(namespace ? { namespace } : {}), service: row?.service ?? path.slice(cut + 1) };
}
