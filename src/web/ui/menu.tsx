import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

const panel =
  'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 animate-enter overflow-y-auto rounded border border-line-strong bg-raised p-1 shadow-float focus:outline-none';
const item =
  'flex min-h-8 cursor-pointer items-center gap-2 rounded-[4px] px-2 py-1 text-base outline-none select-none data-[highlighted]:bg-hover data-[disabled]:text-muted md:min-h-7';

interface MenuProps {
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
}

export function Menu({ trigger, children, align = 'start' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={4} collisionPadding={8} className={panel}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  readonly onSelect: () => void;
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
}

export function MenuItem({ onSelect, children, icon, disabled }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={item} onSelect={onSelect} {...(disabled ? { disabled } : {})}>
      <span className="flex w-4 shrink-0 justify-center text-muted">{icon}</span>
      {children}
    </DropdownMenu.Item>
  );
}

interface MenuCheckProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}

/** A choice that stands beside others; the menu stays open. */
export function MenuCheck({ checked, onChange, children }: MenuCheckProps) {
  return (
    <DropdownMenu.CheckboxItem
      className={item}
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span
        className={`flex size-4 items-center justify-center rounded-[4px] border ${checked ? 'border-transparent bg-inverse text-on-inverse' : 'border-line-strong'}`}
      >
        <DropdownMenu.ItemIndicator>
          <Check aria-hidden size={12} strokeWidth={3} />
        </DropdownMenu.ItemIndicator>
      </span>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

interface MenuChoiceProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly (readonly [value: string, label: ReactNode])[];
}

/** One choice out of several. */
export function MenuChoice({ value, onChange, options }: MenuChoiceProps) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      {options.map(([option, label]) => (
        <DropdownMenu.RadioItem key={option} value={option} className={item}>
          <span className="flex w-4 shrink-0 justify-center">
            <DropdownMenu.ItemIndicator>
              <Check aria-hidden size={13} strokeWidth={2.5} />
            </DropdownMenu.ItemIndicator>
          </span>
          {label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-sm text-muted">{children}</DropdownMenu.Label>;
}

export function MenuLine() {
  return <DropdownMenu.Separator className="-mx-1 my-1 border-t" />;
}
