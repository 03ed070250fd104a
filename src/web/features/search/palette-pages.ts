import { type ProjectIdentity, projectPath } from '../../../contract/project-path.ts';
import { projectName } from '../../lib/project-name.ts';
import { pageLink, projectLink } from './palette-links.ts';
import type { PaletteResult } from './palette-results.ts';

interface PageEntry {
  readonly text: string;
  readonly note: string;
  readonly link: string;
  /** Who is led there; absent: everybody. */
  readonly only?: 'signed-in' | 'admin';
}

export interface PaletteReader {
  readonly signedIn: boolean;
  readonly isAdmin: boolean;
}

const pages: readonly PageEntry[] = [
  { text: 'Matrix', note: 'What runs where', link: '/' },
  { text: 'Activity', note: 'What changed and who did it', link: '/activity' },
  { text: 'Changes', note: 'Where each merge and pull request is', link: '/changes' },
  {
    text: 'Waiting changes',
    note: 'In one environment, and not in the next',
    link: pageLink('/changes', { view: 'waiting' }),
  },
  { text: 'Inbox', note: 'What waits for your approval', link: '/inbox', only: 'signed-in' },
  { text: 'Add a pipeline', note: 'How to report deployments', link: '/add' },
];

const settings: readonly PageEntry[] = [
  { text: 'Profile', note: 'Settings: your name and password', link: '/settings', only: 'signed-in' },
  { text: 'Notifications', note: 'Settings: in this browser', link: '/settings/notifications', only: 'signed-in' },
  { text: 'Tokens', note: 'Settings: your access tokens', link: '/settings/tokens', only: 'signed-in' },
  { text: 'Groups', note: 'Settings of the server', link: '/settings/groups', only: 'signed-in' },
  { text: 'Users', note: 'Settings of the server', link: '/settings/users', only: 'admin' },
  { text: 'Retention', note: 'Settings of the server', link: '/settings/retention', only: 'admin' },
  { text: 'Audit log', note: 'Settings of the server', link: '/settings/audit', only: 'admin' },
];

/** Pages that the reader may see: those everybody begins with, or, with a test, whatever it fits. */
export function pageResults(reader: PaletteReader, fits?: (text: string) => boolean): readonly PaletteResult[] {
  const offered = fits ? [...pages, ...settings].filter(({ text, note }) => fits(`${text} ${note}`)) : pages;
  return offered
    .filter(({ only }) => only === undefined || reader.isAdmin || (only === 'signed-in' && reader.signedIn))
    .map(({ text, note, link }) => ({ key: `page ${link}`, group: 'Go to', text, note, link }));
}

const projectPages = [
  { path: '/deployments', word: 'Deployments' },
  { path: '/environments', word: 'Environments' },
  { path: '/changes', word: 'Changes' },
  { path: '/lineage', word: 'Lineage' },
  { path: '/settings', word: 'Settings' },
  { path: '/settings/members', word: 'Members' },
  { path: '/settings/tokens', word: 'Tokens' },
  { path: '/settings/protection', word: 'Protected environments' },
  { path: '/settings/freezes', word: 'Freeze periods' },
  { path: '/settings/repository', word: 'Repository' },
  { path: '/settings/hooks', word: 'Webhooks' },
  { path: '/settings/incoming', word: 'Incoming webhooks' },
  { path: '/settings/audit', word: 'Audit log' },
] as const;

const most = 6;

/** "checkout hooks": a page of a project, for who asks for it by both. */
export function projectPageResults(
  projects: readonly ProjectIdentity[],
  words: readonly string[],
  fits: (text: string) => boolean,
): readonly PaletteResult[] {
  if (words.length < 2) return [];
  const asked = projectPages.filter(({ word }) =>
    words.some((text) => text.length > 2 && word.toLowerCase().includes(text)),
  );
  return asked
    .flatMap(({ path, word }) =>
      projects
        .filter((project) => fits(`${projectName(project)} ${word}`))
        .slice(0, most)
        .map((project) => ({
          key: `${path} ${projectPath(project)}`,
          group: 'Pages of projects',
          text: `${word} of ${projectName(project)}`,
          note: '',
          link: projectLink(projectPath(project), path),
        })),
    )
    .slice(0, most);
}
