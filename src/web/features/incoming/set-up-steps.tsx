import type { ReactNode } from 'react';
import type { IncomingSecret } from '../../../contract/incoming.ts';
import { Facts } from '../../ui/facts.tsx';
import { OneTimeSecret } from '../../ui/one-time-secret.tsx';
import { CopyLine } from './copy-line.tsx';
import { FirstArrival } from './first-arrival.tsx';
import { sourceNames } from './incoming-words.ts';
import { setUpWords } from './set-up-words.ts';

interface SetUpStepsProps {
  /** As its creation was answered. */
  readonly secret: IncomingSecret;
}

/** What to enter at the tool, and whether its first webhook has come. */
export function SetUpSteps({ secret }: SetUpStepsProps) {
  const words = setUpWords[secret.source];
  const source = sourceNames[secret.source];
  return (
    <ol className="flex flex-col gap-4">
      <Step number={1}>
        <p>
          In {source}, open {words.place}.
        </p>
      </Step>
      <Step number={2}>
        <p className="pb-2">Fill in the form there:</p>
        <div className="flex flex-col gap-3">
          <Facts
            items={[
              {
                term: words.urlField,
                detail: <CopyLine text={`${location.origin}${secret.path}`} what="URL" />,
              },
              { term: 'Content type', detail: words.contentType },
              {
                term: 'Events',
                detail: (
                  <>
                    {words.needed}; <span className="text-muted">{words.useful} if you track changes here.</span>
                  </>
                ),
              },
            ]}
          />
          {secret.secret === undefined ? null : (
            <OneTimeSecret
              label={words.secretField}
              secret={secret.secret}
              note={`Enter it at ${source}; for another webhook make another secret.`}
            />
          )}
        </div>
      </Step>
      <Step number={3}>
        <p className="pb-2">Save it. {words.after}</p>
        <FirstArrival secret={secret} />
      </Step>
    </ol>
  );
}

function Step({ number, children }: { number: number; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className="flex size-5 shrink-0 items-center justify-center rounded-full border border-line-strong text-xs font-medium text-muted"
      >
        {number}
      </span>
      <div className="min-w-0 flex-1">{children}</div>
    </li>
  );
}
