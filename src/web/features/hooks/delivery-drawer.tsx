import { useQuery } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { FilterButton } from '../../ui/filter-button.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { Drawer, DrawerHead } from '../../ui/modal.tsx';
import type { Outcome } from './deliveries-query.ts';
import { DeliveryLog } from './delivery-log.tsx';
import { hooksQuery } from './hooks-query.ts';

interface DeliveryDrawerProps {
  readonly project: string;
  readonly hook: number;
  readonly delivery: number | undefined;
  /** As the URL says it, which may be anything. */
  readonly status: string | undefined;
  readonly onSearch: (patch: FlatSearch) => void;
  readonly onClose: () => void;
}

const outcomes = { success: 'Delivered', failure: 'Failed' } as const;

/** The delivery log of one webhook. */
export function DeliveryDrawer({ project, hook, delivery, status, onSearch, onClose }: DeliveryDrawerProps) {
  const { client } = usePageServices();
  const hooks = useQuery(hooksQuery(client, project));
  const url = hooks.data?.items.find(({ id }) => id === hook)?.url;
  const outcome = outcomeOf(status);
  return (
    <Drawer title={url === undefined ? 'Deliveries' : `Deliveries to ${url}`} onClose={onClose}>
      <DrawerHead
        title={<>Deliveries {url === undefined ? null : <span className="font-normal text-muted">to {url}</span>}</>}
      >
        {' '}
        <CopyIconButton text={location.href} what="link to this log" icon={Link2} />
      </DrawerHead>
      <div className="flex items-center gap-1.5 border-b px-5 py-2">
        <Menu trigger={<FilterButton label="Outcome" value={outcome && outcomes[outcome]} />}>
          <MenuChoice
            value={outcome ?? ''}
            onChange={(value) => onSearch({ status: value || undefined, delivery: undefined })}
            options={[['', 'Any outcome'], ...Object.entries(outcomes)]}
          />
        </Menu>
      </div>
      <DeliveryLog
        project={project}
        hook={hook}
        outcome={outcome}
        opened={delivery}
        onOpened={(id) => onSearch({ delivery: id === undefined ? undefined : String(id) })}
      />
    </Drawer>
  );
}

function outcomeOf(status: string | undefined): Outcome | undefined {
  return status === 'success' || status === 'failure' ? status : undefined;
}
