import { type Static, Type } from 'typebox';
import { limits } from './limits.ts';

export const Version = Type.Object({ version: Type.String() }, { $id: 'Version' });
export type Version = Static<typeof Version>;

export const NameList = Type.Object({ items: Type.Array(Type.String()) }, { $id: 'NameList' });
export type NameList = Static<typeof NameList>;

export const Health = Type.Object({ status: Type.String() }, { $id: 'Health' });
export type Health = Static<typeof Health>;

export const Readiness = Type.Object(
  { status: Type.String(), checks: Type.Record(Type.String(), Type.String()) },
  { $id: 'Readiness' },
);
export type Readiness = Static<typeof Readiness>;

/** Where a poller left off, kept for it by the server. */
export const FetcherCursor = Type.Object(
  { cursor: Type.String({ maxLength: limits.fetcherCursor, format: 'text-or-empty' }) },
  { additionalProperties: false, $id: 'FetcherCursor' },
);
export type FetcherCursor = Static<typeof FetcherCursor>;

export const FetcherState = Type.Object(
  { adapter: Type.String(), cursor: Type.String(), updated_at: Type.String({ format: 'date-time' }) },
  { $id: 'FetcherState' },
);
export type FetcherState = Static<typeof FetcherState>;
