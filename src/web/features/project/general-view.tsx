import { useQuery } from '@tanstack/react-query';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { ProjectDetails } from '../../../contract/projects.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { projectQuery } from '../../lib/project-query.ts';
import { failureText } from '../../lib/refusal.ts';
import { useLevel } from '../../lib/use-level.ts';
import { visibilityNames } from '../../lib/visibility-names.ts';
import { Facts } from '../../ui/facts.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { FailurePage } from '../../ui/notice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { DangerZone } from './danger-zone.tsx';
import { GeneralForm } from './general-form.tsx';
import { visibilityHints } from './project-words.ts';

interface GeneralViewProps {
  readonly path: string;
  readonly onRenamed: (path: string) => void;
  readonly onDeleted: () => void;
}

/** The general settings of a project: a form for its maintainers, and what they say for others. */
export function GeneralView({ path, onRenamed, onDeleted }: GeneralViewProps) {
  const { client } = usePageServices();
  const project = useQuery(projectQuery(client, path));
  const level = useLevel(project);
  if (project.isPending) return <ListSkeleton label="Loading the settings" />;
  if (!project.data) {
    return (
      <FailurePage
        title="The settings could not be loaded"
        why={failureText(project.error)}
        onRetry={() => project.refetch()}
      />
    );
  }
  const { data } = project;
  if (level < accessLevels.maintainer) return <ReadOnly project={data} />;
  return (
    <>
      <PageSection title="General">
        <GeneralForm key={data.id} project={data} />
      </PageSection>
      <DangerZone project={data} onRenamed={onRenamed} onDeleted={onDeleted} />
    </>
  );
}

function ReadOnly({ project }: { project: ProjectDetails }) {
  return (
    <PageSection title="General" about="Maintainers and owners of the project change this.">
      <div className="px-4">
        <Facts
          items={[
            { term: 'Name', detail: project.title ?? project.service },
            { term: 'Path', detail: project.path },
            { term: 'Description', detail: project.description },
            { term: 'Default branch', detail: project.default_branch },
            {
              term: 'Who sees it',
              detail: `${visibilityNames[project.visibility]}. ${visibilityHints[project.visibility]}`,
            },
            {
              term: 'Approvals',
              detail: `Who started a deployment may ${project.allow_self_approval ? '' : 'not '}approve it.`,
            },
            { term: 'Created', detail: <RelativeTime at={project.created_at} /> },
          ]}
        />
      </div>
    </PageSection>
  );
}
