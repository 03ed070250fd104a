import { commandKey, Keys } from '../ui/keys.tsx';
import { Modal } from '../ui/modal.tsx';

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const groups = [
    {
      name: 'Anywhere',
      keys: [
        [`${commandKey()} K`, 'Search'],
        ['/', 'Filter this page'],
        ['g m', 'Go to the matrix'],
        ['g a', 'Go to the activity'],
        ['g c', 'Go to the changes'],
        ['g i', 'Go to the inbox'],
        ['g s', 'Go to the settings'],
        ['?', 'Show these shortcuts'],
        ['Esc', 'Close what is open'],
      ],
    },
    {
      name: 'In the matrix',
      keys: [
        ['↑ ↓ ← →', 'Move between slots'],
        ['Home End', 'First and last environment'],
        ['PgUp PgDn', 'A screen up or down'],
        ['Ctrl Home', 'First service'],
        ['Ctrl End', 'Last slot'],
        ['Enter', 'Open the slot, or the column’s menu'],
        ['← →', 'On a namespace: fold and unfold it'],
        ['↓', 'From the filter to the slots'],
      ],
    },
    { name: 'In the activity', keys: [['PgUp PgDn', 'Next and previous deployment']] },
    {
      name: 'In the changes',
      keys: [
        ['↑ ↓', 'Move between changes'],
        ['Enter', 'Open the change'],
      ],
    },
  ] as const;
  return (
    <Modal title="Keyboard shortcuts" onClose={onClose}>
      <div className="flex flex-col gap-4 overflow-y-auto px-4 py-4">
        {groups.map(({ name, keys }) => (
          <section key={name} aria-label={name}>
            <h3 className="pb-1 text-sm text-muted">{name}</h3>
            <dl>
              {keys.map(([key, what]) => (
                <div key={key} className="flex items-center border-b py-1.5 last:border-b-0">
                  <dt className="order-2">
                    <Keys of={key} />
                  </dt>
                  <dd className="order-1 flex-1">{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
