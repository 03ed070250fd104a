import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePageServices } from '../../lib/page-services.tsx';
import { refusalText } from '../../lib/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { PageSection } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useDeleteGroup } from './delete-group-mutation.ts';
import { groupProjectsQuery } from './group-projects-query.ts';

interface DeleteGroupSectionProps {
  readonly path: string;
  readonly onDeleted: () => void;
}

/** How many projects are named of those that would end. */
const mostNamed = 8;

/** The way to delete a group, which says what ends with it. */
export function DeleteGroupSection({ path, onDeleted }: DeleteGroupSectionProps) {
  const [asks, setAsks] = useState(false);
  const { client } = usePageServices();
  const projects = useInfiniteQuery(groupProjectsQuery(client, path)).data?.pages[0];
  const remove = useDeleteGroup(path);
  const tell = useToast();
  const onConfirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        tell(`The group ${path} is deleted.`);
        onDeleted();
      },
    });
  return (
    <PageSection title="Delete the group" about="With its subgroups, projects, members and tokens, for good.">
      <div className="px-4">
        <Button look="danger" onClick={() => setAsks(true)}>
          Delete this group
        </Button>
      </div>
      {asks ? (
        <ConfirmDialog
          title={`Delete ${path}?`}
          word="Delete the group"
          busy={remove.isPending}
          mustType={path}
          error={remove.error ? refusalText(remove.error) : undefined}
          onConfirm={onConfirm}
          onClose={() => setAsks(false)}
        >
          <p>Its subgroups, members, tokens and protected environments are gone. This cannot be undone.</p>
          {projects && projects.total > 0 ? (
            <>
              <p className="pt-2">
                {projects.total === 1 ? 'One project ends' : `${projects.total} projects end`}, and what was deployed
                there is not shown any more:
              </p>
              <ul aria-label="Projects that end" className="list-disc pl-5">
                {projects.items.slice(0, mostNamed).map((project) => (
                  <li key={project.id} className="font-mono text-sm [overflow-wrap:anywhere]">
                    {project.path}
                  </li>
                ))}
                {projects.total > mostNamed ? <li>and {projects.total - mostNamed} more</li> : null}
              </ul>
            </>
          ) : null}
        </ConfirmDialog>
      ) : null}
    </PageSection>
  );
}
