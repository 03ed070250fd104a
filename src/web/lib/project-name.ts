interface ProjectIdentity {
  readonly namespace?: string | undefined;
  readonly service: string;
}

/** The project as people write it: `namespace/service`, or `service` where there is no namespace. */
export function projectName({ namespace, service }: ProjectIdentity): string {
  return namespace ? `${namespace}/${service}` : service;
}

/** Tells projects apart even where a service has a slash in its name. */
export function projectKey({ namespace, service }: ProjectIdentity): string {
  return namespace ? `${encodeURIComponent(namespace)}/${encodeURIComponent(service)}` : encodeURIComponent(service);
}

/** The parts of a path that the server knows a project by: its last part is the service. */
export function projectParts(path: string): { readonly namespace: string; readonly service: string } {
  const cut = path.lastIndexOf('/');
  return { namespace: path.slice(0, Math.max(cut, 0)), service: path.slice(cut + 1) };
}
