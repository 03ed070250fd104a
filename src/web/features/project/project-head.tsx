import { Link } from '@tanstack/react-router';
import { projectAt } from '../../../contract/project-path.ts';
import type { ProjectDetails } from '../../../contract/projects.ts';
import { projectName } from '../../lib/project-name.ts';
import { VisibilityTag } from '../../lib/visibility-tag.tsx';
import { visibilityHints } from './project-words.ts';

interface ProjectHeadProps {
  readonly path: string;
  /** undefined: not loaded yet. */
  readonly project: ProjectDetails | undefined;
}

/** Whose pages these are: the groups around it, what it is called, who may see it. */
export function ProjectHead({ path, project }: ProjectHeadProps) {
  const { namespace, service } = projectAt(path);
  const title = project?.title ?? service;
  return (
    <div className="flex flex-col gap-0.5 px-4 pt-4 pb-2">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <p className="min-w-0 text-xl [overflow-wrap:anywhere]">
          <Groups namespace={namespace} known={project?.groups ?? []} />
          <span className="font-semibold">{title}</span>
        </p>
        {title === service ? null : (
          <span className="font-mono text-sm text-muted">{projectName({ namespace, service })}</span>
        )}
        {project ? <VisibilityTag visibility={project.visibility} tip={visibilityHints[project.visibility]} /> : null}
      </div>
      {project?.description ? (
        <p className="line-clamp-2 max-w-measure text-muted [overflow-wrap:anywhere]">{project.description}</p>
      ) : null}
    </div>
  );
}

/** `group / subgroup /`: links where the reader may know of the group. */
function Groups({ namespace, known }: { namespace: string; known: ProjectDetails['groups'] }) {
  if (namespace === '') return null;
  const parts = namespace.split('/');
  return parts.map((part, index) => {
    const path = parts.slice(0, index + 1).join('/');
    const group = known.find((each) => each.path === path);
    return (
      <span key={path} className="text-muted">
        {group ? (
          <Link
            to="/settings/groups/$group"
            params={{ group: path }}
            search={{}}
            className="rounded-[3px] hover:text-fg hover:underline"
          >
            {part}
          </Link>
        ) : (
          part
        )}
        <span className="px-1.5 text-line-strong">/</span>
      </span>
    );
  });
}
