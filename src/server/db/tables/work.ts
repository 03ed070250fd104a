export interface FetcherStateTable {
  adapter: string;
  cursor: string;
  updated_at: number;
}

export interface LeaseTable {
  name: string;
  holder: string;
  lease_until: number;
}
