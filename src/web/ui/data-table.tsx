import type { ReactNode } from 'react';

export interface TableColumn<Row> {
  readonly key: string;
  /** What the column holds, in a word or two. */
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand at the end. */
  readonly align?: 'end';
  /** `narrow`: not shown on a telephone. */
  readonly hide?: 'narrow';
}

interface DataTableProps<Row> {
  /** What the rows are: "Members". */
  readonly label: string;
  /** The first one names the row. */
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  /** Buttons at the end of each row. */
  readonly actions?: (row: Row) => ReactNode;
}

/** Rows that are drawn as blocks are no table to a screen reader any more, unless their roles are said. */
const roles = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  name: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const;

/** A table; on a telephone each row is a block, with the column's word before what it holds. */
export function DataTable<Row>({ label, columns, rows, keyOf, actions }: DataTableProps<Row>) {
  return (
    <table {...roles.table} aria-label={label} className="w-full border-collapse text-left max-md:block">
      <thead {...roles.group} className="max-md:sr-only">
        <tr {...roles.row} className="border-b text-sm text-muted">
          {columns.map(({ key, head, align, hide }) => (
            <th
              {...roles.head}
              key={key}
              scope="col"
              className={`px-2 pb-1.5 font-medium whitespace-nowrap first:pl-4 last:pr-4 ${sides(align)} ${shown(hide)}`}
            >
              {head}
            </th>
          ))}
          {actions ? (
            <th {...roles.head} scope="col" className="pr-4">
              <span className="sr-only">Actions</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody {...roles.group} className="max-md:block">
        {rows.map((row) => (
          <tr
            {...roles.row}
            key={keyOf(row)}
            className="border-b max-md:relative max-md:block max-md:px-4 max-md:py-2.5 md:hover:bg-surface"
          >
            {columns.map((column, index) => (
              <Cell
                key={column.key}
                column={column}
                row={row}
                isName={index === 0}
                hasActions={actions !== undefined}
              />
            ))}
            {actions ? (
              <td {...roles.cell} className={`py-1 pr-2.5 pl-2 align-middle has-data-button:pr-4 ${narrowActions}`}>
                <div className="flex items-center gap-0.5 has-data-button:gap-1.5 md:justify-end">{actions(row)}</div>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On a telephone icons stand beside the row's name; buttons with words have no room there, and are below all else. */
const narrowActions =
  'max-md:absolute max-md:top-1 max-md:right-2 max-md:p-0 max-md:has-data-button:static max-md:has-data-button:block max-md:has-data-button:pt-2';

interface CellProps<Row> {
  readonly column: TableColumn<Row>;
  readonly row: Row;
  readonly isName: boolean;
  readonly hasActions: boolean;
}

function Cell<Row>({ column: { head, cell, align, hide }, row, isName, hasActions }: CellProps<Row>) {
  const place = `px-2 py-2 align-middle first:pl-4 last:pr-4 [overflow-wrap:anywhere] ${sides(align)} ${shown(hide)}`;
  if (isName) {
    return (
      <th
        {...roles.name}
        scope="row"
        className={`${place} font-medium max-md:block max-md:!p-0 ${hasActions ? 'max-md:!pr-18' : ''}`}
      >
        {cell(row)}
      </th>
    );
  }
  return (
    <td
      {...roles.cell}
      className={`${place} max-md:grid max-md:grid-cols-[112px_minmax(0,1fr)] max-md:gap-x-2 max-md:!p-0 max-md:!pt-1`}
    >
      <span aria-hidden className="text-sm leading-5 text-muted md:hidden">
        {head}
      </span>
      <div className="min-w-0">{cell(row)}</div>
    </td>
  );
}

const sides = (align: 'end' | undefined): string => (align === 'end' ? 'md:text-right' : '');
const shown = (hide: 'narrow' | undefined): string => (hide === 'narrow' ? 'max-md:hidden!' : '');
