import type { QueryExecutorProvider } from 'kysely';
import type { ColumnTypes } from '../dialect.ts';
import { recordAndSee } from './0001-record-and-see.ts';
import { manageAndApprove } from './0002-manage-and-approve.ts';
import { listenAndRequest } from './0003-listen-and-request.ts';
import { trackChanges } from './0004-track-changes.ts';
import { keepAndForget } from './0005-keep-and-forget.ts';
import { followPromotions } from './0006-follow-promotions.ts';
import { findWhatWaits } from './0007-find-what-waits.ts';

export interface Migration {
  readonly name: string;
  readonly up: (db: QueryExecutorProvider, types: ColumnTypes) => Promise<void>;
}

/** Every migration, in order; a migration's number is its place here. Additive, and never edited once released. */
export const migrations: readonly Migration[] = [
  { name: '0001-record-and-see', up: recordAndSee },
  { name: '0002-manage-and-approve', up: manageAndApprove },
  { name: '0003-listen-and-request', up: listenAndRequest },
  { name: '0004-track-changes', up: trackChanges },
  { name: '0005-keep-and-forget', up: keepAndForget },
  { name: '0006-follow-promotions', up: followPromotions },
  { name: '0007-find-what-waits', up: findWhatWaits },
];
