import { useQuery } from '@tanstack/react-query';
import { failureText } from '../../lib/refusal.ts';
import { CommandBlock } from '../../ui/command-block.tsx';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { InlineCode } from './inline-code.tsx';
import type { RecipeSetting } from './recipe.ts';
import { recipeForProject } from './recipe-for-project.ts';
import { recipeQuery } from './recipe-query.ts';
import { type RecipeKey, recipes } from './tools.ts';

interface RecipeViewProps {
  readonly tool: RecipeKey;
  /** The path of what is deployed; absent: the recipe stays as it is printed. */
  readonly project: string | undefined;
  readonly token: string | undefined;
}

/** What to set and what to paste, so that each run of a pipeline is told of. */
export function RecipeView({ tool, project, token }: RecipeViewProps) {
  const recipe = useQuery(recipeQuery(tool));
  const { file, language } = recipes[tool];
  if (recipe.isPending) return <ListSkeleton label="Loading the recipe" rows={3} />;
  if (!recipe.data) {
    return (
      <FailureBar
        title="The recipe could not be loaded."
        why={failureText(recipe.error)}
        onRetry={() => recipe.refetch()}
      />
    );
  }
  const { settings, code, notes } = recipe.data;
  return (
    <div className="flex flex-col gap-4">
      <section aria-label="What to set" className="rounded border px-3 py-2.5">
        <Facts
          items={settings.map((setting) => ({
            term: setting.name,
            detail: <Setting setting={setting} value={knownValue(setting.name, token)} />,
          }))}
        />
      </section>
      <p className="text-muted">
        Put what is yours of this into <InlineCode text={file.includes('.') ? `\`${file}\`` : file} />:
      </p>
      <CommandBlock
        command={project === undefined ? code : recipeForProject(code, project)}
        language={language}
        what="recipe"
      />
      {notes.length === 0 ? null : (
        <ul className="flex list-disc flex-col gap-1 pl-5 text-muted">
          {notes.map((note) => (
            <li key={note}>
              <InlineCode text={note} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Setting({ setting: { name, where, to }, value }: { setting: RecipeSetting; value: string | undefined }) {
  return (
    <>
      {value === undefined ? (
        <InlineCode text={to} />
      ) : (
        <span className="flex items-start gap-1">
          <code className="min-w-0 text-sm leading-5 [overflow-wrap:anywhere]">{value}</code>
          <CopyIconButton text={value} what={name} className="-my-0.5" />
        </span>
      )}
      {where === undefined ? null : (
        <span className="block text-sm text-muted">
          <InlineCode text={where} />
        </span>
      )}
    </>
  );
}

/** The real one, where this page knows it. */
function knownValue(name: string, token: string | undefined): string | undefined {
  if (name === 'SHIPLOG_URL') return location.origin;
  return /token/i.test(name) ? token : undefined;
}
