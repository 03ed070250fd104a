import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CopyButton, CopyIconButton } from '../../ui/copy-button.tsx';
import { FilterButton, FilterToggle } from '../../ui/filter-button.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { Keys } from '../../ui/keys.tsx';
import { Menu, MenuCheck, MenuChoice, MenuItem, MenuLabel, MenuLine } from '../../ui/menu.tsx';
import { DialogBody, Drawer, DrawerHead, Modal } from '../../ui/modal.tsx';
import { PageSection } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { FilterStrip } from '../../ui/toolbar.tsx';

type Opened = 'modal' | 'confirm' | 'drawer' | undefined;

/** What is pressed, and what opens then. */
export function ControlSamples() {
  const tell = useToast();
  const [opened, setOpened] = useState<Opened>();
  const [search, setSearch] = useState('');
  const [pressed, setPressed] = useState(true);
  const close = () => setOpened(undefined);
  return (
    <PageSection title="Controls">
      <div className="flex flex-wrap items-center gap-2 px-4">
        <Button look="primary">Primary</Button>
        <Button>Plain</Button>
        <Button look="danger">Danger</Button>
        <Button look="quiet">Quiet</Button>
        <Button disabled>Disabled</Button>
        <IconButton label="Change it">
          <Pencil aria-hidden size={14} />
        </IconButton>
        <CopyIconButton text="2.24.0" what="version" />
        <CopyButton text="2.24.0">Copy the version</CopyButton>
        <Keys of="g m" />
      </div>
      <div className="flex flex-wrap items-center gap-2 px-4 pt-3">
        <SearchField label="Filter the samples" placeholder="Filter" value={search} onChange={setSearch} />
        <FilterStrip>
          <FilterButton label="Status" />
          <FilterButton label="Status" value="Failed" />
          <FilterToggle label="Mine" pressed={pressed} onChange={setPressed} />
        </FilterStrip>
        <SampleMenu />
      </div>
      <div className="flex flex-wrap items-center gap-2 px-4 pt-3">
        <Button onClick={() => setOpened('modal')}>Dialog</Button>
        <Button onClick={() => setOpened('confirm')}>Confirmation</Button>
        <Button onClick={() => setOpened('drawer')}>Drawer</Button>
        <Button onClick={() => tell('The token is revoked.')}>Toast</Button>
      </div>
      <SampleDialogs opened={opened} onClose={close} />
    </PageSection>
  );
}

function SampleMenu() {
  const [checked, setChecked] = useState(true);
  const [order, setOrder] = useState('name');
  return (
    <Menu trigger={<Button>Menu</Button>}>
      <MenuItem icon={<Pencil size={14} />} onSelect={() => setChecked(true)}>
        Item
      </MenuItem>
      <MenuItem disabled onSelect={() => setChecked(false)}>
        Disabled item
      </MenuItem>
      <MenuLine />
      <MenuCheck checked={checked} onChange={setChecked}>
        Tick
      </MenuCheck>
      <MenuLabel>Order</MenuLabel>
      <MenuChoice
        value={order}
        onChange={setOrder}
        options={[
          ['name', 'By name'],
          ['age', 'By age'],
        ]}
      />
    </Menu>
  );
}

function SampleDialogs({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  if (opened === 'modal') {
    return (
      <Modal title="A form in a dialog" description="What it does, in a sentence." onClose={onClose}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onClose();
          }}
        >
          <DialogBody>
            <TextField label="Name" />
          </DialogBody>
          <FormActions
            refusal="The server refused it, and says why here."
            pending={false}
            word="Save"
            onCancel={onClose}
          />
        </form>
      </Modal>
    );
  }
  if (opened === 'confirm') {
    return (
      <ConfirmDialog
        title="Delete the webhook"
        word="Delete"
        busy={false}
        error={undefined}
        onConfirm={onClose}
        onClose={onClose}
      >
        Its log of deliveries is deleted, too. This cannot be undone.
      </ConfirmDialog>
    );
  }
  if (opened === 'drawer') {
    return (
      <Drawer title="A drawer" onClose={onClose}>
        <DrawerHead title="A drawer">
          <IconButton label="Delete it">
            <Trash2 aria-hidden size={14} />
          </IconButton>
        </DrawerHead>
      </Drawer>
    );
  }
  return null;
}
