import { accessLevels } from '../../contract/access-levels.ts';

interface LevelWords {
  readonly name: string;
  /** What it lets somebody do, besides what the levels below it do. */
  readonly may: string;
}

const words: Readonly<Record<number, LevelWords>> = {
  [accessLevels.guest]: { name: 'Guest', may: 'Knows that it is there, and no more.' },
  [accessLevels.reporter]: { name: 'Reporter', may: 'Reads everything.' },
  [accessLevels.developer]: { name: 'Developer', may: 'Records deployments and keeps environments.' },
  [accessLevels.maintainer]: { name: 'Maintainer', may: 'Sets members, tokens, protections, freezes and webhooks.' },
  [accessLevels.owner]: { name: 'Owner', may: 'Decides who sees it, renames and deletes it.' },
  [accessLevels.admin]: { name: 'Administrator', may: 'Runs the server.' },
};

/** An access level in words. */
export function levelWords(level: number): LevelWords {
  return words[level] ?? { name: `Level ${level}`, may: '' };
}
