import type { ForgeKind, TrackedEnvironments } from '../../../contract/repositories.ts';

interface Words {
  readonly name: string;
  readonly hint: string;
}

export const trackedWords: Readonly<Record<TrackedEnvironments, Words>> = {
  all: { name: 'All take part', hint: 'Whatever they are called.' },
  gitlab: {
    name: 'Those that GitLab tracks',
    hint: 'Environments without a folder in their name, and those of the tiers production and staging.',
  },
};
export const trackedChoices: readonly TrackedEnvironments[] = ['all', 'gitlab'];

export const forgeNames: Readonly<Record<ForgeKind, string>> = { github: 'GitHub', gitlab: 'GitLab' };
export const forgeChoices: readonly ForgeKind[] = ['github', 'gitlab'];
