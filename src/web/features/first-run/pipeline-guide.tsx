import type { Session } from '../../../contract/access.ts';
import { mayWrite } from '../../lib/may-write.ts';
import { CommandBlock } from '../../ui/command-block.tsx';
import { TabSet } from '../../ui/tabs.tsx';
import { Arrivals } from './arrivals.tsx';
import { curlCommand, shiplogCommand } from './commands.ts';
import { useCreatePipelineToken } from './create-token-mutation.ts';
import { RecipeView } from './recipe-view.tsx';
import { TokenStep } from './token-step.tsx';
import { type ToolKey, toolOf, tools } from './tools.ts';
import { useArrivals } from './use-arrivals.ts';

interface PipelineGuideProps {
  readonly session: Session;
  /** Nothing has been deployed yet. */
  readonly isFirst: boolean;
  /** As the URL names it, which may be anything. */
  readonly tool: string | undefined;
  readonly onTool: (tool: ToolKey) => void;
  /** Told when the reader goes to the matrix. */
  readonly onLeave: () => void;
}

/** How a pipeline tells what it deploys: a token, a command or a recipe with it, and what then comes in. */
export function PipelineGuide({ session, isFirst, tool: named, onTool, onLeave }: PipelineGuideProps) {
  const tool = toolOf(named);
  const token = useCreatePipelineToken();
  const arrivals = useArrivals(isFirst);
  const secret = token.data?.token;
  return (
    <section aria-labelledby="add-a-pipeline" className="h-full scroll-pb-20 overflow-y-auto">
      <div className="mx-auto flex min-h-full max-w-[800px] flex-col gap-6 px-4 pt-[6vh]">
        <div className="flex flex-col gap-1.5">
          <h2 id="add-a-pipeline" className="text-xl font-semibold">
            {isFirst ? 'Report your first deployment' : 'Add a pipeline'}
          </h2>
          <p className="max-w-measure text-muted">
            Any pipeline that can run a shell command can tell Shiplog what it deploys. Try it with one command in a
            terminal, or take the recipe of your tool: the service appears here as soon as it is sent.
          </p>
        </div>
        <TokenStep session={session} token={token} mayCreate={mayWrite(session)} />
        <TabSet label="Tool" tabs={tools} value={tool} onChange={onTool}>
          <ToolPanel tool={tool} token={secret} />
        </TabSet>
        <p className="max-w-measure text-sm text-muted">
          Where GitHub or GitLab itself makes the deployments, no pipeline has to change: once a project is here, its
          settings have incoming webhooks for that.
        </p>
        <span className="flex-1" />
        <Arrivals events={arrivals} isFirst={isFirst} onLeave={onLeave} />
      </div>
    </section>
  );
}

function ToolPanel({ tool, token }: { tool: ToolKey; token: string | undefined }) {
  const target = { origin: location.origin, token };
  if (tool === 'curl') return <CommandBlock command={curlCommand(target)} />;
  if (tool === 'shiplog') return <CommandBlock command={shiplogCommand(target)} />;
  return <RecipeView key={tool} tool={tool} token={token} />;
}
