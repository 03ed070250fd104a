import type { ForgeKind, TrackedEnvironments } from '../../../contract/repositories.ts';

export const trackedNames: Readonly<Record<TrackedEnvironments, string>> = {
  all: 'All take part',
  gitlab: 'Those that GitLab tracks',
};
export const trackedOptions = [
  { value: 'all', label: trackedNames.all, hint: 'Whatever they are called.' },
  {
    value: 'gitlab',
    label: trackedNames.gitlab,
    hint: 'Environments without a folder in their name, and those of the tiers production and staging.',
  },
] as const;

export const forgeNames: Readonly<Record<ForgeKind, string>> = { github: 'GitHub', gitlab: 'GitLab' };
export const forgeOptions = [
  { value: 'none', label: 'None', hint: 'Titles and authors come from webhooks and commit messages.' },
  { value: 'github', label: forgeNames.github },
  { value: 'gitlab', label: forgeNames.gitlab },
] as const;
