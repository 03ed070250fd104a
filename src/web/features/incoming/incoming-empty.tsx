import { Plus } from 'lucide-react';
import { type IncomingSource, incomingSources } from '../../../contract/incoming.ts';
import { Button } from '../../ui/button.tsx';
import { EmptySection } from '../../ui/notice.tsx';
import { sourceNames } from './incoming-words.ts';

interface IncomingEmptyProps {
  readonly project: string;
  readonly onSetUp: (source: IncomingSource) => void;
}

/** What an incoming webhook is for, and the way to the first one. */
export function IncomingEmpty({ project, onSetUp }: IncomingEmptyProps) {
  return (
    <EmptySection
      title={`No tool tells of ${project} yet`}
      about="Where GitHub or GitLab makes the deployments, nothing has to change in the pipelines: a webhook of the repository tells Shiplog of each, and of the changes in it. It takes three steps: make a secret here, add a webhook with it there, and see the first one come in."
    >
      <div className="flex flex-wrap gap-2">
        {incomingSources.map((source, index) => (
          <Button key={source} look={index === 0 ? 'primary' : 'plain'} onClick={() => onSetUp(source)}>
            <Plus aria-hidden size={14} />
            Set up {sourceNames[source]}
          </Button>
        ))}
      </div>
    </EmptySection>
  );
}
