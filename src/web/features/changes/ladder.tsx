import { Link } from '@tanstack/react-router';
import { GitMerge } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ChangeDetails, ChangeRung, DeploymentMark } from '../../../contract/changes.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { sectionTitle } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { toneText } from '../../ui/status-look.ts';
import { textLink } from '../../ui/text-link.ts';
import { liveLook } from './state-look.ts';

type OnOpen = (deployment: DeploymentMark) => void;

/** Merged, then each environment in the order of the matrix. */
export function Ladder({ change, onOpen }: { change: ChangeDetails; onOpen: OnOpen }) {
  const { ladder, state, merged_at: merged, repository } = change;
  return (
    <section aria-labelledby="change-ladder" className="py-5">
      <h2 id="change-ladder" className={`pb-3 ${sectionTitle}`}>
        Where it is
      </h2>
      <ol>
        <Step
          icon={<GitMerge aria-hidden size={16} className={merged === null ? 'text-muted' : toneText.running} />}
          name={state === 'merged' ? 'Merged' : 'Not merged'}
          last={ladder.length === 0}
          at={merged}
        >
          {merged === null && state !== 'merged' ? 'A deployment can ship it once it is merged.' : null}
        </Step>
        {ladder.map((rung, index) => (
          <Rung key={rung.environment} rung={rung} last={index === ladder.length - 1} onOpen={onOpen} />
        ))}
      </ol>
      {ladder.length === 0 ? (
        <p className="max-w-measure pl-8 text-muted">
          {repository.reason ?? 'The project has no environment that takes part.'}{' '}
          {repository.state === 'none' ? (
            <Link to="/projects/$project/settings/repository" params={{ project: change.project }} className={textLink}>
              Connect one
            </Link>
          ) : null}
        </p>
      ) : null}
    </section>
  );
}

function Rung({ rung, last, onOpen }: { rung: ChangeRung; last: boolean; onOpen: OnOpen }) {
  const { environment, state, first } = rung;
  const { icon: Icon, word, tone } = liveLook(state);
  return (
    <Step
      icon={<Icon aria-hidden size={16} strokeWidth={2.1} className={toneText[tone]} />}
      name={environment}
      word={<span className={`font-medium ${toneText[tone]}`}>{word}</span>}
      last={last}
      at={first?.at ?? null}
    >
      <RungStory rung={rung} onOpen={onOpen} />
    </Step>
  );
}

/** By which deployment it came, how, and by which it went. */
function RungStory({ rung: { state, first, landed, gone, current }, onOpen }: { rung: ChangeRung; onOpen: OnOpen }) {
  const how = landed === null ? '' : landings[landed];
  return (
    <>
      {first ? (
        <span>
          first with <Deployment mark={first} onOpen={onOpen} />
          {how}
        </span>
      ) : state === 'live' || state === 'left' || state === 'reverted' ? (
        <span>It was there before the first deployment that Shiplog knows of.</span>
      ) : null}
      {gone ? (
        <span className="text-waiting">
          {state === 'reverted' ? 'reverted by ' : 'taken out by '}
          <Deployment mark={gone} onOpen={onOpen} /> <Since at={gone.at} />
        </span>
      ) : null}
      {state === 'live' || !current || current.deployment === gone?.deployment ? null : (
        <span>
          <Deployment mark={current} onOpen={onOpen} /> runs there, deployed <Since at={current.at} />
          {state === 'unknown' ? '; its commit is not in the repository' : ''}
        </span>
      )}
      {current || state !== 'never' ? null : <span>Nothing was deployed there.</span>}
    </>
  );
}

const landings = {
  merge: '',
  squash: ', squashed',
  head: ', fast-forward',
  pick: ', cherry-picked',
  copy: ', rebased',
} as const;

interface StepProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly word?: ReactNode;
  readonly at: string | null;
  readonly last: boolean;
  readonly children: ReactNode;
}

function Step({ icon, name, word, at, last, children }: StepProps) {
  return (
    <li className="relative flex gap-3 pb-4">
      {last ? null : <span aria-hidden className="absolute top-7 bottom-0 left-[9.5px] w-px bg-line-strong" />}
      <span className="flex size-5 shrink-0 translate-y-0.5 items-center justify-center">{icon}</span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="min-w-0 font-semibold break-words">{name}</span>
          {word}
          {at === null ? null : <RelativeTime at={at} className="ml-auto text-sm text-muted" />}
        </p>
        <p className="flex flex-wrap gap-x-4 text-sm text-muted">{children}</p>
      </div>
    </li>
  );
}

/** What it is called; opens the history of its lane there. */
function Deployment({ mark, onOpen }: { mark: DeploymentMark; onOpen: OnOpen }) {
  const { version, sha, ref, environment, deployment } = mark;
  const name = shortVersion({ version: version ?? undefined, sha: sha ?? undefined, ref: ref ?? undefined });
  return (
    <span>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`${name} in ${environment}`}
        onClick={() => onOpen(mark)}
        className={`${textLink} font-mono font-medium`}
      >
        {name}
      </button>{' '}
      <Link
        to="/deployments/$number"
        params={{ number: String(deployment) }}
        aria-label={`Deployment ${deployment}`}
        className="rounded-[3px] hover:text-fg hover:underline"
      >
        #{deployment}
      </Link>
    </span>
  );
}

function Since({ at }: { at: string | null }) {
  return at === null ? null : <RelativeTime at={at} />;
}
