import { type ProjectIdentity, projectAt } from '../../contract/project-address.ts';

/** The project as people write it: `namespace/service`, or `service` where there is no namespace. */
export function projectName({ namespace, service }: ProjectIdentity): string {
  return namespace ? `${namespace}/${service}` : service;
}

/** Tells projects apart even where a service has a slash in its name. */
export function projectKey({ namespace, service }: ProjectIdentity): string {
  return namespace ? `${encodeURIComponent(namespace)}/${encodeURIComponent(service)}` : encodeURIComponent(service);
}

/** Whether something belongs to the project of an address, or of a path where none is like it. */
export function isOfProject(identity: ProjectIdentity, address: string): boolean {
  return projectName(identity) === nameAt(address);
}

/** What people call the project of an address. */
export function nameAt(address: string): string {
  return projectName(projectAt(address));
}
