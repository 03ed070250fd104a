import { Link } from '@tanstack/react-router';
import { Snowflake } from 'lucide-react';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useFrozenUntil } from './frozen-query.ts';
import { zoneTime } from './zone-time.ts';

interface FrozenUntilProps {
  readonly project: string;
  readonly until: string;
}

/** That a project is frozen and until when, in the words that are used everywhere; leads to its freeze periods. */
export function FrozenUntil({ project, until }: FrozenUntilProps) {
  return (
    <>
      <Link
        to="/projects/$project/settings/freezes"
        params={{ project }}
        search={{}}
        className="rounded-[3px] font-medium hover:underline"
      >
        Frozen until {zoneTime(until)}
      </Link>
      , <RelativeTime at={until} />
    </>
  );
}

/** The same beside the buttons that approve, with what it means for them; nothing where the project is not frozen. */
export function FrozenNote({ project }: { project: string }) {
  const until = useFrozenUntil(project);
  if (until === undefined) return null;
  return (
    <p className="flex items-start gap-2 text-sm">
      <Snowflake aria-hidden size={13} className="mt-0.5 shrink-0 text-waiting" />
      <span className="min-w-0">
        <FrozenUntil project={project} until={until} />. What is approved goes then.
      </span>
    </p>
  );
}
