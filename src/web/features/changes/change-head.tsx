import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { ChangeDetails } from '../../../contract/changes.ts';
import { nameAt } from '../../lib/project-name.ts';
import { safeLink } from '../../lib/safe-link.ts';
import { Button, buttonLook } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ChangeMark } from './change-mark.tsx';
import { personName } from './person-name.ts';

/** What it is, whose it is, how it stands, and the way to the forge. */
export function ChangeHead({ change }: { change: ChangeDetails }) {
  const { project, reference, title, state, draft, author, web_url: url } = change;
  const name = personName(author);
  const href = safeLink(url ?? undefined);
  return (
    <header className="border-b px-4 pt-5 pb-4">
      <p className="flex flex-wrap gap-x-1.5 text-sm text-muted">
        <Link to="/changes" className="rounded-[3px] hover:text-fg hover:underline">
          Changes
        </Link>
        <span aria-hidden>/</span>
        <Link
          to="/projects/$project"
          params={{ project }}
          className="rounded-[3px] break-all hover:text-fg hover:underline"
        >
          {nameAt(project)}
        </Link>
      </p>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3 pt-1">
        <div className="min-w-0 flex-1 basis-80">
          <Title title={title} reference={reference} />
          <p className="flex flex-wrap items-center gap-x-4 gap-y-0.5 pt-1 text-muted">
            <span className="inline-flex flex-wrap gap-x-1.5">
              <ChangeMark state={state} draft={draft} />
              <StateTime change={change} />
            </span>
            <People mergedBy={state === 'merged' ? change.merged_by : null} author={name} />
          </p>
        </div>
        {href === undefined ? null : (
          <a href={href} target="_blank" rel="noreferrer noopener" data-tip={href} className={buttonLook('plain')}>
            <ExternalLink aria-hidden size={13} className="text-muted" />
            Open {new URL(href).host}
          </a>
        )}
      </div>
    </header>
  );
}

/** When it came to be as it stands, and by whom. */
function StateTime({ change }: { change: ChangeDetails }) {
  const { state, merged_at: merged, closed_at: closed, created_at: created } = change;
  const at = state === 'opened' ? created : state === 'merged' ? merged : closed;
  return at === null ? null : <RelativeTime at={at} />;
}

/** `merged by Ann · author Tom` */
function People({ mergedBy, author }: { mergedBy: string | null; author: string | undefined }) {
  if (mergedBy === null && author === undefined) return null;
  return (
    <span>
      {mergedBy === null ? null : (
        <>
          merged by <span className="text-soft">{mergedBy}</span>
        </>
      )}
      {mergedBy === null || author === undefined ? null : ' · '}
      {author === undefined ? null : (
        <>
          author <span className="text-soft">{author}</span>
        </>
      )}
    </span>
  );
}

/** Longer ones are cut on a telephone until the whole is asked for. */
const longTitle = 120;

function Title({ title, reference }: { title: string; reference: string }) {
  const [whole, setWhole] = useState(false);
  const cut = title.length > longTitle && !whole;
  return (
    <>
      <p aria-hidden className={`text-xl font-semibold break-words ${cut ? 'max-md:line-clamp-4' : ''}`}>
        <span className="font-normal text-muted">{reference}</span> {title}
      </p>
      {cut ? (
        <Button look="quiet" className="-ml-2 md:hidden" onClick={() => setWhole(true)}>
          Show the whole title
        </Button>
      ) : null}
    </>
  );
}
