export interface FetcherStateTable {
  adapter: string;
  cursor: string;
  updated_at: number;
}

/** How long one kind of thing is kept, where it is not as it is by default. */
export interface RetentionSettingTable {
  kind: string;
  days: number;
  changed_by: number | null;
  changed_at: number;
}

export interface LeaseTable {
  name: string;
  holder: string;
  lease_until: number;
}
