import { useNavigate, useSearch } from '@tanstack/react-router';
import { PipelineGuide } from '../features/first-run/pipeline-guide.tsx';
import { useSession } from '../lib/use-session.ts';
import { PageTitle } from '../ui/page-title.tsx';

/** How to add a pipeline, with the recipe of `?tool=`. */
export function AddPage() {
  const session = useSession();
  const search = useSearch({ from: '/shell/add' });
  const navigate = useNavigate({ from: '/add' });
  return (
    <>
      <PageTitle>Add a pipeline</PageTitle>
      {session ? (
        <PipelineGuide
          session={session}
          isFirst={false}
          search={search}
          onSearch={(asked) => navigate({ search: asked, replace: true })}
          onLeave={() => undefined}
        />
      ) : null}
    </>
  );
}
