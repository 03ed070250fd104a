export interface ProjectIdentity {
  readonly namespace?: string | undefined;
  readonly service: string;
}

/**
 * What means one project, whatever its parts are called, where a path may mean several: its path, with a slash within the
 * service written `~1` and what would be read so `~01`, as in a JSON Pointer. What would be read as a number, or as the
 * dots of a way, begins with a slash.
 */
export function projectAddress({ namespace = '', service }: ProjectIdentity): string {
  const name = service.replace(/~(?=[01])/g, '~0').replaceAll('/', '~1');
  if (namespace !== '') return `${namespace}/${name}`;
  return /^(?:\d+|\.{1,2})$/.test(name) ? `/${name}` : name;
}

/** The project that an address means; of a path, the service is what follows the last slash. */
export function projectAt(address: string): { namespace: string; service: string } {
  const cut = address.lastIndexOf('/');
  const name = address.slice(cut + 1);
  return {
    namespace: address.slice(0, Math.max(cut, 0)),
    service: name.replace(/~[01]/g, (written) => (written === '~0' ? '~' : '/')),
  };
}

/** The other projects that a path may mean: any slash may be the one before the service, or none. Longest namespace first. */
export function projectsElse(path: string, most: number): { namespace: string; service: string }[] {
  const parts = path.split('/');
  const cuts = parts.map((_, index) => parts.length - 1 - index).slice(0, most);
  return cuts.map((cut) => ({ namespace: parts.slice(0, cut).join('/'), service: parts.slice(cut).join('/') }));
}
