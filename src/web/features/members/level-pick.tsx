import { ChevronDown } from 'lucide-react';
import { memberLevels } from '../../../contract/access-levels.ts';
import type { Member } from '../../../contract/members.ts';
import { levelWords } from '../../lib/level-words.ts';
import { fieldFault, refusalText } from '../../lib/refusal.ts';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useChangeMember } from './change-member-mutation.ts';
import type { Holder } from './holder.ts';

interface LevelPickProps {
  readonly holder: Holder;
  readonly member: Member;
  /** Up to which level the reader may change it; absent: not at all. */
  readonly highest: number | undefined;
}

/** The level of a member, and for those who may change it a menu of the others. */
export function LevelPick({ holder, member, highest }: LevelPickProps) {
  const change = useChangeMember(holder);
  const tell = useToast();
  const { name, may } = levelWords(member.access_level);
  if (highest === undefined) {
    return (
      <span data-tip={may} className="whitespace-nowrap">
        {name}
      </span>
    );
  }
  const choose = (value: string) => {
    const level = memberLevels.find((each) => String(each) === value);
    if (level === undefined || level === member.access_level || change.isPending) return;
    change.mutate(
      { username: member.username, change: { access_level: level } },
      { onSuccess: () => tell(`${member.name} is ${levelWords(level).name.toLowerCase()} now.`) },
    );
  };
  return (
    <div className="flex flex-col items-start gap-1">
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`Level of ${member.name}: ${name}`}
            className="-mx-2 inline-flex h-8 items-center gap-1 rounded px-2 whitespace-nowrap transition-colors duration-100 hover:bg-hover md:h-7"
          >
            {change.isPending ? 'One moment' : name}
            <ChevronDown aria-hidden size={13} className="text-muted" />
          </button>
        }
      >
        <MenuChoice
          value={String(member.access_level)}
          onChange={choose}
          options={memberLevels
            .filter((level) => level <= highest)
            .map((level) => [String(level), <Level key={level} level={level} />] as const)}
        />
      </Menu>
      {change.error ? (
        <p role="alert" className="max-w-64 text-sm text-failed">
          {levelFault(change.error)}
        </p>
      ) : null}
    </div>
  );
}

function Level({ level }: { level: number }) {
  const { name, may } = levelWords(level);
  return (
    <span className="flex flex-col py-0.5">
      <span>{name}</span>
      <span className="text-sm text-muted">{may}</span>
    </span>
  );
}

function levelFault(error: Error): string {
  return fieldFault(error, 'access_level') ?? refusalText(error);
}
