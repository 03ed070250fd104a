import { Plus } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { EmptySection } from '../../ui/notice.tsx';

interface HooksEmptyProps {
  readonly project: string;
  readonly onCreate: () => void;
}

/** What a webhook is for, and the way to the first one. */
export function HooksEmpty({ project, onCreate }: HooksEmptyProps) {
  return (
    <EmptySection
      title="No webhook yet"
      about={`A webhook tells another server, within seconds, when something is deployed in ${project}, comes to an end, or waits for an approval: a chat room, a pipeline, a deployment tool. It is worded as GitHub, GitLab or the Standard Webhooks specification word it, so what listens to those listens to this too.`}
    >
      <Button look="primary" onClick={onCreate}>
        <Plus aria-hidden size={14} />
        Create a webhook
      </Button>
    </EmptySection>
  );
}
