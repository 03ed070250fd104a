import { readFileSync } from 'node:fs';
import { type CollectionTag, parse } from 'yaml';

/** The fenced blocks of a recipe, exactly as printed, in their order. */
export function fencesOf(recipe: string): string[] {
  const text = readFileSync(new URL(`../../docs/recipes/${recipe}.md`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, body = '']) => body);
}

/** A step of a pipeline as its tool understands it. */
export interface Step {
  readonly script: string;
  readonly shell: readonly [command: string, ...args: string[]];
  readonly environment: Readonly<Record<string, string>>;
  /** Runs also when a step before it failed. */
  readonly always: boolean;
}

interface GithubStep {
  readonly run?: string;
  readonly if?: string;
  readonly env?: Record<string, string>;
}

/** Steps of a GitHub job; expressions in `env` stay as they are until the job runs. */
export function githubSteps(yaml: string): Step[] {
  const document = parse(yaml);
  const job = document.jobs?.deploy ?? document;
  const steps: GithubStep[] = job.steps;
  return steps.flatMap(({ run, if: condition, env }) =>
    run === undefined
      ? []
      : [{ script: run, shell: ['bash', '-e'], environment: { ...job.env, ...env }, always: condition === 'always()' }],
  );
}

interface AzureStep {
  readonly bash?: string;
  readonly condition?: string;
  readonly env?: Record<string, string>;
}

/** Steps of an Azure deployment job. Variables become environment variables in capitals. */
export function azureSteps(yaml: string): Step[] {
  const document = parse(yaml);
  const steps: AzureStep[] = document.steps ?? document.jobs[0].strategy.runOnce.deploy.steps;
  return steps.flatMap(({ bash, condition, env }) =>
    bash === undefined
      ? []
      : [
          {
            script: bash,
            shell: ['bash', '--noprofile', '--norc'],
            environment: { ...document.variables, ...env },
            always: condition === 'always()',
          },
        ],
  );
}

/** GitLab puts before_script and script into one shell, and runs after_script in another whatever came of them. */
export function gitlabSteps(yaml: string, shell: 'sh' | 'bash'): Step[] {
  const document = parse(yaml, { customTags: [reference] });
  const job = document['deploy-production'];
  const lines = (list: readonly unknown[]) =>
    list.flatMap((item) => (item instanceof Reference ? item.resolve(document) : [String(item)])).join('\n');
  const strict = shell === 'bash' ? ['bash', '-eo', 'pipefail'] : ['sh', '-e'];
  const [command = 'sh', ...args] = strict;
  return [
    { script: lines([...job.before_script, ...job.script]), shell: [command, ...args], environment: {}, always: false },
    { script: lines(job.after_script), shell: [command, ...args], environment: {}, always: true },
  ];
}

class Reference {
  readonly #path: readonly string[];

  constructor(path: readonly string[]) {
    this.#path = path;
  }

  resolve(document: unknown): string[] {
    let found = document as Record<string, unknown>; // walked by name below
    for (const name of this.#path) found = found[name] as Record<string, unknown>;
    return (found as unknown as unknown[]).map(String);
  }
}

const reference: CollectionTag = {
  tag: '!reference',
  collection: 'seq',
  // The library wants nodes and takes whatever comes; the value is found again by its class.
  resolve: (sequence) =>
    new Reference(sequence.toJSON()) as unknown as ReturnType<NonNullable<CollectionTag['resolve']>>,
};

/** What `shiplog(status)` of a Jenkinsfile runs, and with which status each part of the pipeline calls it. */
export function jenkinsfile(groovy: string): {
  readonly script: string;
  readonly calls: ReadonlyMap<string, string>;
  readonly environment: Readonly<Record<string, string>>;
} {
  const [, triple, single] = /\bsh(?:\(returnStatus: true, script: '''(.*?)'''\)| '([^\n]*)'$)/ms.exec(groovy) ?? [];
  const calls = [...groovy.matchAll(/(\w+) \{\s*shiplog\('([\w-]+)'\)/g)].map(
    ([, part = '', status = '']) => [part, status] as const,
  );
  const settings = [...groovy.matchAll(/^ +([A-Z_]+) = (['"])(.*)\2$/gm)].map(
    ([, name = '', , value = '']) => [name, value] as const,
  );
  return {
    script: unescapeGroovy(triple ?? single ?? ''),
    calls: new Map(calls),
    environment: Object.fromEntries(settings),
  };
}

/** Groovy strings in single quotes: only the backslash is special. */
function unescapeGroovy(text: string): string {
  return text.replace(/\\([\\'"$nt])/g, (_, character: string) => ({ n: '\n', t: '\t' })[character] ?? character);
}
