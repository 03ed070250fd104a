import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Snowflake } from 'lucide-react';
import type { FreezePeriodList } from '../../../contract/freeze-periods.ts';
import { freezesQuery } from '../../lib/freezes-query.ts';
import { FrozenUntil } from '../../lib/frozen-until.tsx';
import { usePageServices } from '../../lib/page-services.tsx';
import { zoneTime } from '../../lib/zone-time.ts';

/** That the project is frozen, until when; else when it will be; nothing where it never is. */
export function FreezeLine({ project }: { project: string }) {
  const { client } = usePageServices();
  const { data } = useQuery(freezesQuery(client, project));
  if (!data) return null;
  const { frozen } = data;
  const next = nextStart(data);
  if (!frozen && next === undefined) return null;
  return (
    <p className="flex items-center gap-2 px-4 pt-1 pb-2">
      <Snowflake aria-hidden size={15} className={`shrink-0 ${frozen ? 'text-waiting' : 'text-muted'}`} />
      {frozen ? (
        <span>
          <FrozenUntil project={project} until={frozen.until} />
        </span>
      ) : (
        <Link
          to="/projects/$project/settings/freezes"
          params={{ project }}
          search={{}}
          className="rounded-[3px] text-muted hover:underline"
        >
          Not frozen. The next freeze begins {next}
        </Link>
      )}
    </p>
  );
}

function nextStart({ items }: FreezePeriodList): string | undefined {
  const [next] = items.flatMap(({ start }) => start ?? []).sort((a, b) => Date.parse(a) - Date.parse(b));
  return next === undefined ? undefined : zoneTime(next);
}
