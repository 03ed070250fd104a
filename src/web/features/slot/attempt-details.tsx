import type { ReactNode } from 'react';
import type { Attempt } from '../../lib/attempts.ts';
import { safeLink } from '../../lib/safe-link.ts';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { StatusTimeline } from './status-timeline.tsx';

/** The statuses of a deployment, and every field they carried. */
export function AttemptDetails({
  attempt: { events, facts, head },
  duration,
  approvals,
  changes,
}: {
  attempt: Attempt;
  duration: ReactNode;
  approvals: ReactNode;
  changes: ReactNode;
}) {
  return (
    <div className="mt-2 rounded border bg-surface text-sm">
      {approvals}
      {changes}
      <StatusTimeline events={events} />
      <dl className="grid grid-cols-[100px_minmax(0,1fr)] gap-x-3 gap-y-0.5 border-t px-3 py-2">
        <Field name="Version" value={facts.version} copy="version" mono />
        <Field name="Duration" value={duration === null ? undefined : 'given'}>
          {duration}
        </Field>
        <Field name="Kind" value={facts.kind === 'unknown' ? undefined : facts.kind} />
        <Field name="Sha" value={facts.sha} copy="sha" mono />
        <Field name="Ref" value={facts.ref} />
        <Field name="Actor" value={facts.actor} />
        <Field name="Run" value={facts.run_number === undefined ? undefined : `#${facts.run_number}`} />
        <Field name="Run link" value={facts.run_url}>
          {facts.run_url === undefined ? null : <Address url={facts.run_url} />}
        </Field>
        <Field name="Deployment" value={head.deployment_id} copy="deployment id" mono />
        <Field name="Promoted from" value={facts.parent_deployments?.join(', ')} mono />
        <Field name="Reported by" value={facts.progress_reporter} />
        <Field name="Clock" value={facts.clock_skew ? 'The reporter’s clock ran ahead of the server’s.' : undefined} />
      </dl>
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly value: string | undefined;
  readonly copy?: string;
  readonly mono?: boolean;
  readonly children?: ReactNode;
}

function Field({ name, value, copy, mono, children }: FieldProps) {
  if (value === undefined || value === '') return null;
  return (
    <>
      <dt className="py-0.5 text-muted">{name}</dt>
      <dd className={`flex min-w-0 items-start gap-1 ${mono ? 'font-mono' : ''}`}>
        <span className="min-w-0 py-0.5 break-all">{children ?? value}</span>
        {copy ? <CopyIconButton text={value} what={copy} className="-my-0.5" /> : null}
      </dd>
    </>
  );
}

function Address({ url }: { url: string }) {
  const href = safeLink(url);
  if (href === undefined) return url;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className="underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      {url}
    </a>
  );
}
