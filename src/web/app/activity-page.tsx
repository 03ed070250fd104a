import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Webhook } from 'lucide-react';
import { useCallback } from 'react';
import { projectPath } from '../../contract/project-path.ts';
import { type ActivitySearch, parseActivitySearch } from '../features/activity/activity-search.ts';
import { ActivityToolbar } from '../features/activity/activity-toolbar.tsx';
import { ActivityView } from '../features/activity/activity-view.tsx';
import { type FlatSearch, isTyping } from '../lib/flat-search.ts';
import { projectName } from '../lib/project-name.ts';
import { useSession } from '../lib/use-session.ts';
import { buttonLook } from '../ui/button.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { promotedFrom } from './promoted-from.tsx';
import { SlotOverlay, useOpenSlot } from './slot-overlay.tsx';

export function ActivityPage() {
  const flat = useSearch({ from: '/shell/activity' });
  const navigate = useNavigate({ from: '/activity' });
  // The same object while its parts are: a drawer that is opened asks for nothing anew.
  const search = useSearch({ from: '/shell/activity', select: parseActivitySearch, structuralSharing: true });
  const onSearch = useCallback(
    (patch: FlatSearch) => navigate({ search: (before) => ({ ...before, ...patch }), replace: isTyping(patch) }),
    [navigate],
  );
  const onOpen = useOpenSlot();
  return (
    <>
      <PageTitle>Activity</PageTitle>
      <div className="border-b">
        <div className="mx-auto flex max-w-page flex-wrap items-center gap-1.5 px-4 py-2">
          <ActivityToolbar search={search} onSearch={onSearch} />
          <HooksLink search={search} />
        </div>
      </div>
      <div className="min-h-0 flex-1">
        <ActivityView search={search} onOpen={onOpen} promotedFrom={promotedFrom} />
      </div>
      <SlotOverlay search={flat} />
    </>
  );
}

/** Where one project is what is shown, the way to its webhooks. */
function HooksLink({ search: { namespace, service } }: { search: ActivitySearch }) {
  const session = useSession();
  if (!session?.signed_in || service === undefined || namespace === undefined) return null;
  const project = projectName({ namespace, service });
  return (
    <Link
      to="/projects/$project/settings/hooks"
      params={{ project: projectPath({ namespace, service }) }}
      aria-label={`Webhooks of ${project}`}
      className={`${buttonLook('quiet')} ml-auto`}
    >
      <Webhook aria-hidden size={14} />
      Webhooks
    </Link>
  );
}
