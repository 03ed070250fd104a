import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';

interface TabSetProps<Value extends string> {
  /** What is chosen by them: "Tool". */
  readonly label: string;
  readonly tabs: readonly { readonly key: Value; readonly name: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** What the chosen one shows. */
  readonly children: ReactNode;
}

// An edge that is drawn only for the current one would be drawn for all where the system chooses the colours.
const tab =
  'flex h-9 shrink-0 items-center border-b-2 border-transparent font-medium whitespace-nowrap text-muted transition-colors duration-100 hover:text-fg data-[state=active]:border-fg data-[state=active]:text-fg focus-visible:outline-offset-[-2px] forced-colors:data-[state=inactive]:border-[Canvas]';

/** One view of several; the arrow keys go from one to the other. */
export function TabSet<Value extends string>({ label, tabs, value, onChange, children }: TabSetProps<Value>) {
  return (
    <Tabs.Root
      value={value}
      onValueChange={(chosen) => {
        const found = tabs.find(({ key }) => key === chosen);
        if (found) onChange(found.key);
      }}
    >
      <Tabs.List aria-label={label} className="flex gap-5 overflow-x-auto border-b [scrollbar-width:none]">
        {tabs.map(({ key, name }) => (
          <Tabs.Trigger key={key} value={key} className={tab}>
            {name}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map(({ key }) => (
        <Tabs.Content key={key} value={key} tabIndex={-1} className="pt-4 focus:outline-none">
          {key === value ? children : null}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
