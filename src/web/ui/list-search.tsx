import { SearchField } from './search-field.tsx';

interface ListSearchProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** How many were found: "3 members". */
  readonly count: string;
}

/** Above a list that the server searches: what to find, and how much was found. */
export function ListSearch({ count, ...search }: ListSearchProps) {
  return (
    <div className="flex items-center gap-3 px-4 pb-3">
      <SearchField delayMs={220} {...search} />
      <p role="status" className="shrink-0 text-sm text-muted">
        {count}
      </p>
    </div>
  );
}
