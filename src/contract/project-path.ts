export interface ProjectIdentity {
  readonly namespace?: string | undefined;
  readonly service: string;
}

/**
 * The path of a project, which means no other, whatever its parts are called: a slash within the service is written `~1`
 * and what would be read so `~01`, as in a JSON Pointer. What would be read as a number, or as the dots of a way, begins
 * with a slash.
 */
export function projectPath({ namespace = '', service }: ProjectIdentity): string {
  const name = service.replace(/~(?=[01])/g, '~0').replaceAll('/', '~1');
  if (namespace !== '') return `${namespace}/${name}`;
  return /^(?:\d+|\.{1,2})$/.test(name) ? `/${name}` : name;
}

/** The project that a path means: the service is what follows the last slash. */
export function projectAt(path: string): { namespace: string; service: string } {
  const cut = path.lastIndexOf('/');
  const name = path.slice(cut + 1);
  return {
    namespace: path.slice(0, Math.max(cut, 0)),
    service: name.replace(/~[01]/g, (written) => (written === '~0' ? '~' : '/')),
  };
}
