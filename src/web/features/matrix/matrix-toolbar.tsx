import type { ReactNode } from 'react';
import { acceptedNativeStatuses } from '../../../contract/statuses.ts';
import { tiers } from '../../../contract/tiers.ts';
import { spanNames } from '../../lib/day-span.ts';
import { toggled } from '../../lib/flat-search.ts';
import { Button } from '../../ui/button.tsx';
import { FilterButton, FilterToggle } from '../../ui/filter-button.tsx';
import { Menu, MenuCheck, MenuChoice } from '../../ui/menu.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { statusLook } from '../../ui/status-look.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { FilterStrip } from '../../ui/toolbar.tsx';
import { isFiltered, type MatrixSearch, noFilters, type SearchPatch, staleState } from './matrix-search.ts';

interface MatrixToolbarProps {
  readonly search: MatrixSearch;
  readonly onSearch: (patch: SearchPatch) => void;
  /** The reader's, where it is a user who may have deployed something. */
  readonly username: string | null;
  /** Beside the search, where the toolbar has more than one line. */
  readonly beside: ReactNode;
}

/** The grid's tab stop; the grid itself, which passes the focus on, while that is scrolled away. */
const gridStop = '[role=grid] [tabindex="0"], [role=grid][tabindex="0"]';

const spanOptions = [['', 'Any time'], ...Object.entries(spanNames)] as const;

export function MatrixToolbar({ search, onSearch, username, beside }: MatrixToolbarProps) {
  return (
    <>
      <div className="flex basis-full gap-1 md:contents">
        <SearchField
          label="Filter services"
          placeholder="Filter by name, acme/*, version or sha"
          value={search.q}
          onChange={(q) => onSearch({ q: q || undefined })}
          onDown={() => document.querySelector<HTMLElement>(gridStop)?.focus()}
        />
        {beside}
      </div>
      <FilterStrip>
        <Menu
          trigger={
            <FilterButton label="Status" value={search.status.map((status) => statusLook(status).word).join(', ')} />
          }
        >
          {[...acceptedNativeStatuses, staleState].map((status) => (
            <MenuCheck
              key={status}
              checked={search.status.includes(status)}
              onChange={() => onSearch({ status: toggled(search.status, status) })}
            >
              <StatusMark status={status} />
            </MenuCheck>
          ))}
        </Menu>
        <Menu trigger={<FilterButton label="Tier" value={search.tier.join(', ')} />}>
          {tiers.map((tier) => (
            <MenuCheck
              key={tier}
              checked={search.tier.includes(tier)}
              onChange={() => onSearch({ tier: toggled(search.tier, tier) })}
            >
              {upperFirst(tier)}
            </MenuCheck>
          ))}
        </Menu>
        <Menu trigger={<FilterButton label="Changed" value={search.since && spanNames[search.since].toLowerCase()} />}>
          <MenuChoice
            value={search.since ?? ''}
            onChange={(since) => onSearch({ since: since || undefined })}
            options={spanOptions}
          />
        </Menu>
        <FilterToggle
          label="Behind"
          pressed={search.drift}
          onChange={(on) => onSearch({ drift: on ? '1' : undefined })}
        />
        {username !== null ? (
          <FilterToggle
            label="Mine"
            tip={`Deployments whose actor is ${username}`}
            pressed={search.mine}
            onChange={(on) => onSearch({ mine: on ? '1' : undefined })}
          />
        ) : null}
        {isFiltered(search) ? (
          <Button look="quiet" onClick={() => onSearch(noFilters)}>
            Clear
          </Button>
        ) : null}
      </FilterStrip>
    </>
  );
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
