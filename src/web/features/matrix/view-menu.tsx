import { Bookmark } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { soonPart } from '../../lib/lazy-part.tsx';
import { floatLook } from '../../ui/float-look.ts';
import { ToolButton } from './tool-button.tsx';

const ViewChoice = soonPart('The views', async () => (await import('./view-choice.tsx')).ViewChoice);

/** `search` is the URL's part from the question mark. */
export function ViewMenu({ search }: { search: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <ToolButton icon={Bookmark}>Views</ToolButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Views"
          className={`${floatLook} w-80 max-w-(--radix-popover-content-available-width) p-1`}
          onOpenAutoFocus={(event) => event.preventDefault()}
        >
          <ViewChoice search={search} onDone={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
