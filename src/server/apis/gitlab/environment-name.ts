import { invalid } from '../../errors.ts';

const plainName = /^[a-zA-Z0-9_${}. -](?:[a-zA-Z0-9_/${}. -]*[a-zA-Z0-9_${}. -])?$/;

/** Whether GitLab would take a new environment of this name. Reports may use others. */
export function isPlainName(name: string): boolean {
  return plainName.test(name);
}

/** What GitLab answers where it would not. */
export function notPlain() {
  const message =
    "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces, but it cannot start or end with '/'";
  return invalid([{ pointer: '/name', message }]);
}
