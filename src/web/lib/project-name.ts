import { type ProjectIdentity, projectAt } from '../../contract/project-path.ts';

/** The project as people write it; a link to it needs its path, as several may be written alike. */
export function projectName({ namespace, service }: ProjectIdentity): string {
  return namespace ? `${namespace}/${service}` : service;
}

/** Whether something belongs to the project of a path. */
export function isOfProject({ namespace = '', service }: ProjectIdentity, path: string): boolean {
  const project = projectAt(path);
  return project.namespace === namespace && project.service === service;
}

/** What people call the project of a path. */
export function nameAt(path: string): string {
  return projectName(projectAt(path));
}
