import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { EnvironmentColumn } from '../../../contract/matrix.ts';
import { buttonLook } from '../../ui/button.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { DisplayMenu } from './display-menu.tsx';
import { MatrixCountsBar } from './matrix-counts.tsx';
import type { MatrixSearch, SearchPatch } from './matrix-search.ts';
import { MatrixToolbar } from './matrix-toolbar.tsx';
import type { MatrixView } from './matrix-view.ts';
import { ViewMenu } from './view-menu.tsx';

interface MatrixBarProps {
  readonly view: MatrixView;
  readonly columns: readonly EnvironmentColumn[];
  readonly search: MatrixSearch;
  /** The URL's part from the question mark. */
  readonly address: string;
  readonly username: string | null;
  readonly narrow: boolean;
  readonly onSearch: (patch: SearchPatch) => void;
}

/** All above the rows: what is asked for, how it is shown, and what it adds up to. */
export function MatrixBar({ view, columns, search, address, username, narrow, onSearch }: MatrixBarProps) {
  const menus = (
    <>
      <ViewMenu search={address} />
      <DisplayMenu groups={view.groups} search={search} onSearch={onSearch} list={narrow} />
      <ColumnMenu columns={columns} search={search} onSearch={onSearch} />
    </>
  );
  return (
    <div className="flex flex-wrap items-center gap-1.5 border-b px-4 py-2">
      <MatrixToolbar search={search} onSearch={onSearch} username={username} beside={narrow ? menus : null} />
      {narrow ? null : (
        <div className="ml-auto flex items-center gap-1 max-lg:order-1">
          <Link to="/add" className={`${buttonLook('quiet')} max-lg:hidden`}>
            <Plus aria-hidden size={14} className="text-muted" />
            Add a pipeline
          </Link>
          {menus}
        </div>
      )}
      <div className="-ml-1.5 overflow-x-auto [scrollbar-width:none] max-md:basis-full lg:basis-full">
        <MatrixCountsBar counts={view.counts} search={search} onSearch={onSearch} />
      </div>
    </div>
  );
}
