import {
  ArrowRight,
  Box,
  Boxes,
  CornerDownLeft,
  GitCommitHorizontal,
  GitMerge,
  History,
  Layers,
  type LucideIcon,
  Search,
  Tag,
} from 'lucide-react';
import { useEffect, useRef } from 'react';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { statusLook } from '../../ui/status-look.ts';
import { StatusIcon } from '../../ui/status-mark.tsx';
import type { PaletteResult } from './palette-results.ts';

interface ResultEntryProps {
  readonly id: string;
  readonly result: PaletteResult;
  readonly heading: string | undefined;
  readonly selected: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

/** One thing that was found, a link; the first of its group has the group's name above it. */
export function ResultEntry({ id, result, heading, selected, onPoint, onChoose }: ResultEntryProps) {
  const option = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (selected) option.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <>
      {heading ? (
        <div role="presentation" className="px-3 pt-2 pb-1 text-sm text-muted">
          {heading}
        </div>
      ) : null}
      <a
        ref={option}
        id={id}
        href={result.link}
        role="option"
        tabIndex={-1}
        aria-selected={selected}
        onPointerMove={onPoint}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return; // a tab or a window of its own
          event.preventDefault();
          onChoose();
        }}
        className={`flex h-9 cursor-pointer items-center gap-2.5 rounded-[4px] px-3 ${selected ? 'bg-hover' : ''}`}
      >
        {result.status ? <StatusIcon status={result.status} /> : <GroupIcon group={result.group} />}
        {result.lead ? <span className="max-w-[45%] shrink-0 truncate font-medium">{result.lead}</span> : null}
        <span className="truncate">{result.text}</span>
        <span className={`min-w-0 truncate text-sm text-muted ${result.status ? 'font-mono' : ''}`}>{result.note}</span>
        {result.status ? <span className="sr-only">{statusLook(result.status).word}</span> : null}
        <span className="ml-auto flex shrink-0 items-center gap-2 text-sm text-muted">
          {result.at ? <RelativeTime at={result.at} /> : null}
          {selected ? <CornerDownLeft aria-hidden size={13} /> : null}
        </span>
      </a>
    </>
  );
}

const icons: Readonly<Record<string, LucideIcon>> = {
  Recent: History,
  Groups: Boxes,
  Services: Box,
  Environments: Layers,
  Changes: GitMerge,
  Commits: GitCommitHorizontal,
  Versions: Tag,
  Everywhere: Search,
};

/** Where what has a status has its mark, so that all names begin at one line. */
function GroupIcon({ group }: { group: string }) {
  const Icon = icons[group] ?? ArrowRight;
  return <Icon aria-hidden size={14} className="shrink-0 text-muted" />;
}
