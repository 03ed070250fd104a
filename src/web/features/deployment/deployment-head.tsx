import { Link } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, Grid3x3, Link2, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DeploymentDetails, LaneNeighbour } from '../../../contract/deployment-details.ts';
import { flagsOf } from '../../lib/deployment-flags.ts';
import { nameAt } from '../../lib/project-name.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { formatSlotAddress } from '../../lib/slot-address.ts';
import { visibleMarks } from '../../lib/visible-marks.ts';
import { buttonLook, IconButton } from '../../ui/button.tsx';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { FlagMarks } from '../../ui/flag-mark.tsx';
import { PrintedMoment } from '../../ui/printed-moment.tsx';
import { RelativeTime, RunningTime } from '../../ui/relative-time.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Tag } from '../../ui/tag.tsx';
import { neighbourName, standingWord } from './deployment-words.ts';

/** What was deployed where, how it stands, and the ways on from it. */
export function DeploymentHead({ details }: { details: DeploymentDetails }) {
  const { deployment, project, started_at: started } = details;
  const { status, happened_at: at, environment } = deployment;
  const standing = standingWord(details);
  return (
    <header className="border-b px-4 pt-5 pb-4">
      <Crumbs project={project} number={deployment.deployment_number} />
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3 pt-1">
        <div className="min-w-0 flex-1 basis-80">
          <p aria-hidden className="text-xl font-semibold break-words">
            {visibleMarks(deployment.service)} <span className="font-mono break-all">{shortVersion(deployment)}</span>{' '}
            <span className="font-normal text-muted">in</span> {environment}
          </p>
          <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1 text-muted">
            <span className="inline-flex flex-wrap gap-x-1.5">
              <StatusMark status={status} />
              {status === 'in-progress' ? (
                <>
                  for <RunningTime since={started ?? at} />
                </>
              ) : (
                <RelativeTime at={at} />
              )}
              <PrintedMoment at={at} />
            </span>
            {standing ? <Tag tone={standing.tone}>{standing.word}</Tag> : null}
            <FlagMarks flags={flagsOf(deployment)} />
          </p>
        </div>
        <Ways details={details} />
      </div>
    </header>
  );
}

function Crumbs({ project, number }: { project: string; number: number }) {
  const look = 'rounded-[3px] break-all hover:text-fg hover:underline';
  return (
    <p className="flex flex-wrap gap-x-1.5 text-sm text-muted">
      <Link to="/projects/$project" params={{ project }} className={look}>
        {nameAt(project)}
      </Link>
      <span aria-hidden>/</span>
      <Link to="/projects/$project/deployments" params={{ project }} className={look}>
        Deployments
      </Link>
      <span aria-hidden>/</span>
      <span>#{number}</span>
    </p>
  );
}

function Ways({ details: { deployment, previous, next } }: { details: DeploymentDetails }) {
  return (
    <div className="flex flex-wrap items-center gap-1.5 print:hidden">
      <Step to={previous} label="Previous deployment there">
        <ChevronLeft aria-hidden size={15} className="-ml-1 text-muted" />
        Previous
      </Step>
      <Step to={next} label="Next deployment there">
        Next
        <ChevronRight aria-hidden size={15} className="-mr-1 text-muted" />
      </Step>
      <CopyIconButton text={location.href} what="link" icon={Link2} className="!size-8 md:!size-7" />
      <IconButton label="Print" onClick={() => window.print()}>
        <Printer aria-hidden size={14} />
      </IconButton>
      <Link
        to="/"
        search={{ slot: formatSlotAddress(deployment), deployment: String(deployment.deployment_number) }}
        className={buttonLook('plain')}
      >
        <Grid3x3 aria-hidden size={13} className="text-muted" />
        Open in the matrix
      </Link>
    </div>
  );
}

function Step({ to, label, children }: { to: LaneNeighbour | null; label: string; children: ReactNode }) {
  if (!to) return null;
  const name = `${label}: ${neighbourName(to)}`;
  return (
    <Link
      to="/deployments/$number"
      params={{ number: String(to.deployment) }}
      aria-label={name}
      data-tip={name}
      className={buttonLook('quiet')}
    >
      {children}
    </Link>
  );
}
