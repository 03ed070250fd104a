import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { incomingStates } from '../../../contract/incoming.ts';
import { IncomingView } from '../../features/incoming/incoming-view.tsx';
import { listOf, textOf } from '../../lib/flat-search.ts';
import { soonPart } from '../../lib/lazy-part.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { PageTitle } from '../../ui/page-title.tsx';

const IncomingDrawer = soonPart(
  'The webhook that came in',
  async () => (await import('../../features/incoming/incoming-drawer.tsx')).IncomingDrawer,
);

/** What other tools tell of one project; `?delivery=` opens one of it, `?state=` lists some. */
export function IncomingPage() {
  const { project } = useParams({ from: '/shell/projects/$project/settings/incoming' });
  const search = useSearch({ from: '/shell/projects/$project/settings/incoming' });
  const navigate = useNavigate({ from: '/projects/$project/settings/incoming' });
  const opened = textOf(search, 'delivery');
  const delivery = opened !== undefined && /^\d{1,15}$/.test(opened) ? Number(opened) : undefined;
  return (
    <>
      <PageTitle>{`Incoming webhooks of ${nameAt(project)}`}</PageTitle>
      <IncomingView
        key={project}
        project={project}
        state={listOf(search, 'state', incomingStates)[0]}
        onState={(state) => navigate({ search: { state } })}
        onOpen={({ id }) => navigate({ search: (before) => ({ ...before, delivery: String(id) }) })}
      />
      {delivery === undefined ? null : (
        <IncomingDrawer
          key={delivery}
          project={project}
          delivery={delivery}
          onClose={() => navigate({ search: (before) => ({ ...before, delivery: undefined }) })}
        />
      )}
    </>
  );
}
