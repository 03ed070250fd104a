import { Plus } from 'lucide-react';
import { Button } from '../../ui/button.tsx';

interface HooksEmptyProps {
  readonly project: string;
  readonly onCreate: () => void;
}

/** What a webhook is for, and the way to the first one. */
export function HooksEmpty({ project, onCreate }: HooksEmptyProps) {
  return (
    <section aria-labelledby="hooks-empty" className="flex flex-col items-start gap-4 px-4 pt-[8vh] pb-12">
      <h2 id="hooks-empty" className="text-xl font-semibold">
        No webhook yet
      </h2>
      <p className="max-w-[64ch] text-muted">
        A webhook tells another server, within seconds, when something is deployed in {project}, comes to an end, or
        waits for an approval: a chat room, a pipeline, a deployment tool. It is worded as GitHub, GitLab or the
        Standard Webhooks specification word it, so what listens to those listens to this too.
      </p>
      <Button look="primary" onClick={onCreate}>
        <Plus aria-hidden size={14} />
        Create a webhook
      </Button>
    </section>
  );
}
