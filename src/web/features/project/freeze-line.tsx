import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Snowflake } from 'lucide-react';
import type { FreezePeriodList } from '../../../contract/freeze-periods.ts';
import { freezesQuery } from '../../lib/freezes-query.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { formatDateTime } from '../../lib/time-format.ts';

/** That the project is frozen, until when; else when it will be; nothing where it never is. */
export function FreezeLine({ project }: { project: string }) {
  const { client } = usePageServices();
  const { data } = useQuery(freezesQuery(client, project));
  const text = data && freezeText(data);
  if (text === undefined) return null;
  return (
    <p className="flex items-center gap-2 px-4 pt-1 pb-2">
      <Snowflake aria-hidden size={15} className={`shrink-0 ${data?.frozen ? 'text-running' : 'text-muted'}`} />
      <Link
        to="/projects/$project/settings/freezes"
        params={{ project }}
        search={{}}
        className={`rounded-[3px] hover:underline ${data?.frozen ? 'font-medium' : 'text-muted'}`}
      >
        {text}
      </Link>
    </p>
  );
}

function freezeText({ frozen, items }: FreezePeriodList): string | undefined {
  if (frozen) return `Frozen until ${formatDateTime(Date.parse(frozen.until))}`;
  const [next] = items.flatMap(({ start }) => (start === null ? [] : [Date.parse(start)])).sort((a, b) => a - b);
  return next === undefined ? undefined : `Not frozen. The next freeze begins ${formatDateTime(next)}`;
}
