import { CommandBlock } from '../../ui/command-block.tsx';
import { EmptySection } from '../../ui/notice.tsx';
import { promoteCommands } from './promote-command.ts';

/** How one tells what a deployment was promoted from. */
export function LineageEmpty({ project }: { project: string }) {
  const { record, curl } = promoteCommands(location.origin, project);
  return (
    <EmptySection
      title="No promotion yet"
      about="A deployment that names the ones it was promoted from draws a line here: from dev through staging to production. Give the deployment id of the parent with the report; it may name several, also of other projects."
    >
      <p className="text-muted">Both commands take a token that may record deployments from SHIPLOG_TOKEN.</p>
      <CommandBlock command={record} />
      <p className="text-muted">Or from any tool that can post:</p>
      <CommandBlock command={curl} />
    </EmptySection>
  );
}
