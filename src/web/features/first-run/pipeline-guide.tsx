import { useState } from 'react';
import type { Session } from '../../../contract/access.ts';
import { limits } from '../../../contract/limits.ts';
import { projectAt } from '../../../contract/project-path.ts';
import { type FlatSearch, textOf } from '../../lib/flat-search.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { Button } from '../../ui/button.tsx';
import { CommandBlock } from '../../ui/command-block.tsx';
import { TabSet } from '../../ui/tabs.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Arrivals } from './arrivals.tsx';
import { curlCommand, shiplogCommand } from './commands.ts';
import { useCreatePipelineToken } from './create-token-mutation.ts';
import { RecipeView } from './recipe-view.tsx';
import { TokenStep } from './token-step.tsx';
import { type ToolKey, toolOf, tools } from './tools.ts';

interface PipelineGuideProps {
  readonly session: Session;
  /** Nothing has been deployed yet. */
  readonly isFirst: boolean;
  /** What the URL says, which may be anything: `tool`, and with `project` what the pipeline deploys. */
  readonly search: FlatSearch;
  readonly onSearch: (search: FlatSearch) => void;
  /** Told when the reader goes to the matrix. */
  readonly onLeave: () => void;
}

const example = 'checkout';
/** Whoever types a name waits for none of its beginnings. */
const typingMs = 300;

/** How a pipeline tells what it deploys: a token, a command or a recipe with it, and what then comes in. */
export function PipelineGuide({ session, isFirst, search, onSearch, onLeave }: PipelineGuideProps) {
  const tool = toolOf(textOf(search, 'tool'));
  const [text, setText] = useState(textOf(search, 'project') ?? '');
  const named = projectAt(text.trim()).service.trim() === '' ? undefined : text.trim();
  const watched = useSettled(named, typingMs);
  const token = useCreatePipelineToken(named, session);
  // Where nothing is named, or what is named is not theirs to give, the token is the reader's own and reports any service.
  const isBound = (token.data?.project ?? token.data?.group) !== undefined;
  const onText = (typed: string) => {
    setText(typed);
    onSearch({ ...search, project: typed.trim() || undefined });
  };
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
        <div className="flex flex-wrap items-start gap-2">
          <div className="min-w-0 flex-1 basis-64">
            <TextField
              label="Service"
              autoComplete="off"
              spellCheck={false}
              maxLength={limits.path}
              readOnly={isBound || token.isPending}
              placeholder={example}
              hint={
                isBound
                  ? 'What follows, and the token, are for this one. Another service takes another token; this one stays valid.'
                  : 'What the pipeline deploys. Where it belongs to a group, with that in front: acme/checkout.'
              }
              value={text}
              onChange={({ target }) => onText(target.value)}
            />
          </div>
          {isBound ? (
            // Beside the field, below its label.
            <Button className="md:mt-7.5" onClick={() => token.reset()}>
              Another service
            </Button>
          ) : null}
        </div>
        <TokenStep session={session} project={named} token={token} />
        <TabSet label="Tool" tabs={tools} value={tool} onChange={(chosen) => onSearch({ ...search, tool: chosen })}>
          <ToolPanel tool={tool} project={named} token={token.data?.token} />
        </TabSet>
        <p className="max-w-measure text-sm text-muted">
          Where GitHub or GitLab itself makes the deployments, no pipeline has to change: once a project is here, its
          settings have incoming webhooks for that.
        </p>
        <span className="flex-1" />
        <Arrivals key={watched} project={isFirst ? undefined : watched} isFirst={isFirst} onLeave={onLeave} />
      </div>
    </section>
  );
}

interface ToolPanelProps {
  readonly tool: ToolKey;
  /** Absent while nothing is named: the commands are for an example. */
  readonly project: string | undefined;
  readonly token: string | undefined;
}

function ToolPanel({ tool, project, token }: ToolPanelProps) {
  const target = { origin: location.origin, project: project ?? example, token };
  if (tool === 'curl') return <CommandBlock command={curlCommand(target)} />;
  if (tool === 'shiplog') return <CommandBlock command={shiplogCommand(target)} />;
  return <RecipeView key={tool} tool={tool} project={project} token={token} />;
}
