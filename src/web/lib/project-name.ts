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
