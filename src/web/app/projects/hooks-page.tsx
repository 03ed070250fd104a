import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { HooksView } from '../../features/hooks/hooks-view.tsx';
import { textOf } from '../../lib/flat-search.ts';
import { soonPart } from '../../lib/lazy-part.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { PageTitle } from '../../ui/page-title.tsx';

const DeliveryDrawer = soonPart(
  'The log of the webhook',
  async () => (await import('../../features/hooks/delivery-drawer.tsx')).DeliveryDrawer,
);

/** The webhooks of one project; `?hook=` opens the log of one, `&delivery=` a delivery in it. */
export function HooksPage() {
  const { project } = useParams({ from: '/shell/projects/$project/settings/hooks' });
  const search = useSearch({ from: '/shell/projects/$project/settings/hooks' });
  const navigate = useNavigate({ from: '/projects/$project/settings/hooks' });
  const hook = numberOf(textOf(search, 'hook'));
  return (
    <>
      <PageTitle>{`Webhooks of ${nameAt(project)}`}</PageTitle>
      <HooksView
        key={project}
        project={project}
        onOpen={({ id }, delivery) =>
          navigate({
            search: { hook: String(id), delivery: delivery === undefined ? undefined : String(delivery) },
          })
        }
      />
      {hook === undefined ? null : (
        <DeliveryDrawer
          key={hook}
          project={project}
          hook={hook}
          delivery={numberOf(textOf(search, 'delivery'))}
          status={textOf(search, 'status')}
          onSearch={(patch) => navigate({ search: (before) => ({ ...before, ...patch }), replace: true })}
          onClose={() => navigate({ search: {} })}
        />
      )}
    </>
  );
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
