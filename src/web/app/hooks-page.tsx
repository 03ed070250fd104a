import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { HooksView } from '../features/hooks/hooks-view.tsx';
import { textOf } from '../lib/flat-search.ts';
import { PageTitle } from '../ui/page-title.tsx';

const DeliveryDrawer = lazy(() =>
  import('../features/hooks/delivery-drawer.tsx').then((file) => ({ default: file.DeliveryDrawer })),
);

/** The webhooks of one project; `?hook=` opens the log of one, `&delivery=` a delivery in it. */
export function HooksPage() {
  const { project } = useParams({ from: '/shell/projects/$project/hooks' });
  const search = useSearch({ from: '/shell/projects/$project/hooks' });
  const navigate = useNavigate({ from: '/projects/$project/hooks' });
  const hook = numberOf(textOf(search, 'hook'));
  return (
    <>
      <PageTitle>{`Webhooks of ${project}`}</PageTitle>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className="mx-auto max-w-[1000px] pb-12">
          <p className="flex flex-wrap items-baseline gap-x-2 px-4 pt-5 pb-2 text-xl">
            <span aria-hidden className="font-semibold">
              Webhooks
            </span>
            <span className="min-w-0 break-all text-muted">
              <span aria-hidden>of </span>
              <Link
                to="/"
                search={{ q: project }}
                data-tip="Show it in the matrix"
                className="rounded-[3px] hover:text-fg hover:underline"
              >
                {project}
              </Link>
            </span>
          </p>
          <HooksView
            key={project}
            project={project}
            onOpen={({ id }, delivery) =>
              navigate({
                search: { hook: String(id), delivery: delivery === undefined ? undefined : String(delivery) },
              })
            }
          />
        </div>
      </div>
      {hook === undefined ? null : (
        <Suspense fallback={null}>
          <DeliveryDrawer
            key={hook}
            project={project}
            hook={hook}
            delivery={numberOf(textOf(search, 'delivery'))}
            status={textOf(search, 'status')}
            onSearch={(patch) => navigate({ search: (before) => ({ ...before, ...patch }), replace: true })}
            onClose={() => navigate({ search: {} })}
          />
        </Suspense>
      )}
    </>
  );
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
