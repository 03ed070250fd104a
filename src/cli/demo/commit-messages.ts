import type { DemoTool } from './catalogue.ts';

/** A change with the number that its platform gave it. */
interface NumberedChange {
  readonly namespace: string;
  readonly number: number;
  readonly title: string;
}

interface Landing {
  readonly isSquashed: boolean;
  readonly message: (change: NumberedChange) => string;
}

/** What lands a change on the main branch, in the words of each platform; docs/changes.md lists them. */
export const landing: Readonly<Record<DemoTool, Landing>> = {
  github: { isSquashed: true, message: ({ title, number }) => `${title} (#${number})` },
  gitlab: {
    isSquashed: false,
    message: ({ namespace, title, number }) =>
      `Merge branch '${slug(title)}' into 'main'\n\n${title}\n\nSee merge request ${namespace}/services!${number}`,
  },
  azure: { isSquashed: false, message: ({ title, number }) => `Merged PR ${number}: ${title}` },
  jenkins: { isSquashed: false, message: ({ title, number }) => `Pull request #${number}: ${title}` },
};

const laterCommits = ['Add a test', 'Name it as the review asks', 'Mention it in the notes'] as const;

/** Of the commits that a change brings after the first, which has the change's title. */
export function commitSubject(index: number): string {
  return laterCommits[(index - 1) % laterCommits.length] ?? laterCommits[0];
}

/** `undone` undefined: it reverts nothing. */
export function revertMessage(message: string, undone: string | undefined): string {
  return undone === undefined ? message : `${message}\n\nThis reverts commit ${undone}.`;
}

export function pickMessage(message: string, picked: string): string {
  return `${message}\n\n(cherry picked from commit ${picked})`;
}

function slug(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
