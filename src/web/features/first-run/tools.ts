/** By which tools a first deployment is told of, in the order of their tabs. */
export const tools = [
  { key: 'curl', name: 'curl' },
  { key: 'shiplog', name: 'shiplog' },
  { key: 'github-actions', name: 'GitHub Actions' },
  { key: 'gitlab-ci', name: 'GitLab CI' },
  { key: 'jenkins', name: 'Jenkins' },
  { key: 'azure-devops', name: 'Azure DevOps' },
  { key: 'shell', name: 'Shell script' },
] as const;

export type ToolKey = (typeof tools)[number]['key'];
export type RecipeKey = Exclude<ToolKey, 'curl' | 'shiplog'>;

interface RecipeWords {
  /** What the code goes into. */
  readonly file: string;
  readonly language: string;
  /** Fetches docs/recipes. */
  readonly load: () => Promise<{ readonly default: string }>;
}

/** The recipes of the documentation, each fetched when its tab is opened. */
export const recipes: Readonly<Record<RecipeKey, RecipeWords>> = {
  'github-actions': {
    file: '.github/workflows/deploy.yml',
    language: 'YAML',
    load: () => import('../../../../docs/recipes/github-actions.md?raw'),
  },
  'gitlab-ci': {
    file: '.gitlab-ci.yml',
    language: 'YAML',
    load: () => import('../../../../docs/recipes/gitlab-ci.md?raw'),
  },
  jenkins: {
    file: 'Jenkinsfile',
    language: 'Groovy',
    load: () => import('../../../../docs/recipes/jenkins.md?raw'),
  },
  'azure-devops': {
    file: 'azure-pipelines.yml',
    language: 'YAML',
    load: () => import('../../../../docs/recipes/azure-devops.md?raw'),
  },
  shell: {
    file: 'the script that deploys',
    language: 'Shell',
    load: () => import('../../../../docs/recipes/curl.md?raw'),
  },
};

/** The tool that a URL names, which may name anything. */
export function toolOf(text: string | undefined): ToolKey {
  return tools.find(({ key }) => key === text)?.key ?? 'curl';
}
