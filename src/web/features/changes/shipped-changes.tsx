import { Link } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { ChangeList } from '../../../contract/changes.ts';
import { countText } from '../../lib/count-text.ts';
import { usePrinting } from '../../lib/use-printing.ts';
import { Button } from '../../ui/button.tsx';
import { personName } from './person-name.ts';

interface ShippedChangesProps {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly colour: string;
  readonly heading: 'h3' | 'h4';
  readonly list: ChangeList;
}

const few = 5;

/** Changes that a deployment did one thing to: how many, and the first few until all are asked for. */
export function ShippedChanges({ word, icon: Icon, colour, heading: Heading, list }: ShippedChangesProps) {
  const { count, items } = list;
  const [isWhole, setAll] = useState(false);
  const isPrinting = usePrinting();
  const all = isWhole || isPrinting;
  const shown = all ? items : items.slice(0, few);
  return (
    <section aria-label={word} className="min-w-0">
      <Heading className="flex items-center gap-1.5 pb-0.5 font-semibold">
        <Icon aria-hidden size={13} strokeWidth={2.1} className={colour} />
        {word} <span className="font-normal text-muted">{countText(count, 'change')}</span>
      </Heading>
      <ul>
        {shown.map(({ project, number, reference, title, author }) => (
          <li key={number} className="flex min-w-0 items-baseline gap-2 py-0.5 pl-[19px]">
            <Link
              to="/changes/$project/$number"
              params={{ project, number: String(number) }}
              preload={false}
              className="flex min-w-0 items-baseline gap-2 rounded-[3px] hover:underline"
            >
              <span className="shrink-0 text-muted">{reference}</span>
              <span className="truncate">{title}</span>
            </Link>
            <span className="ml-auto max-w-32 shrink-0 truncate text-muted">{personName(author)}</span>
          </li>
        ))}
      </ul>
      {shown.length < items.length ? (
        <Button look="quiet" className="ml-2" onClick={() => setAll(true)}>
          Show {items.length < count ? `${items.length} of ${count.toLocaleString()}` : `all ${count}`}
        </Button>
      ) : items.length < count ? (
        <p className="pl-[19px] text-muted">{(count - items.length).toLocaleString()} more are not shown.</p>
      ) : null}
    </section>
  );
}
