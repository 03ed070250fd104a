import { reportCommand } from '../../lib/report-command.ts';
import { CommandBlock } from '../../ui/command-block.tsx';
import { EmptySection } from '../../ui/notice.tsx';

/** How the first deployment of a project gets here. */
export function NoDeploymentYet({ project }: { project: string }) {
  return (
    <EmptySection
      title="Nothing is deployed yet"
      about="The first report of a deployment appears here by itself. Send one from a pipeline, or from a shell with a token in SHIPLOG_TOKEN."
    >
      <CommandBlock command={reportCommand(location.origin, project)} />
    </EmptySection>
  );
}
