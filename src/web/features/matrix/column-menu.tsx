import { Columns3, RotateCcw } from 'lucide-react';
import type { EnvironmentColumn } from '../../../contract/matrix.ts';
import { toggled } from '../../lib/flat-search.ts';
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuLine } from '../../ui/menu.tsx';
import type { MatrixSearch, SearchPatch } from './matrix-search.ts';
import { ToolButton } from './tool-button.tsx';

interface ColumnMenuProps {
  readonly columns: readonly EnvironmentColumn[];
  readonly search: MatrixSearch;
  readonly onSearch: (patch: SearchPatch) => void;
}

/** Which environments are shown. Each column's own menu pins, moves and sorts it. */
export function ColumnMenu({ columns, search, onSearch }: ColumnMenuProps) {
  const hidden = columns.filter(({ name }) => search.hide.includes(name)).length;
  const arranged = search.hide.length + search.pin.length + search.order.length > 0;
  return (
    <Menu
      align="end"
      trigger={
        <ToolButton icon={Columns3}>
          Columns
          {hidden > 0 ? <span className="font-normal text-muted">{hidden} hidden</span> : null}
        </ToolButton>
      }
    >
      <MenuLabel>Environments shown</MenuLabel>
      {columns.map(({ name, tier }) => (
        <MenuCheck
          key={name}
          checked={!search.hide.includes(name)}
          onChange={(shown) => {
            if (shown || columns.length - hidden > 1) onSearch({ hide: toggled(search.hide, name) });
          }}
        >
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="pl-4 text-sm text-muted">{tier}</span>
        </MenuCheck>
      ))}
      {arranged ? (
        <>
          <MenuLine />
          <MenuItem
            icon={<RotateCcw size={14} />}
            onSelect={() => onSearch({ hide: undefined, pin: undefined, order: undefined })}
          >
            Show all in the usual order
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}
