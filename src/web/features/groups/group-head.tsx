import { Link } from '@tanstack/react-router';
import type { GroupDetails } from '../../../contract/groups.ts';
import { levelWords } from '../../lib/level-words.ts';
import { VisibilityTag } from '../../lib/visibility-tag.tsx';

const crumb = 'underline-offset-2 hover:text-fg hover:underline';

/** Which group this is, and what it lies in. */
export function GroupHead({ group }: { group: GroupDetails }) {
  const { name, path, description, visibility, groups, access_level: level } = group;
  return (
    <header className="flex flex-col gap-1 border-b px-4 pt-4 pb-4">
      <nav aria-label="Groups around it" className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted">
        <Link to="/settings/groups" search={{}} className={crumb}>
          Groups
        </Link>
        {groups.map((around) => (
          <span key={around.path} className="contents">
            <span aria-hidden>/</span>
            <Link to="/settings/groups/$group" params={{ group: around.path }} search={{}} className={crumb}>
              {around.name}
            </Link>
          </span>
        ))}
      </nav>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h2 className="text-xl font-semibold [overflow-wrap:anywhere]">{name}</h2>
        <VisibilityTag visibility={visibility} />
      </div>
      <p className="flex flex-wrap gap-x-2 text-muted">
        <span className="font-mono [overflow-wrap:anywhere]">{path}</span>
        <span aria-hidden>·</span>
        <span>{level === 0 ? 'you are no member' : `you are ${levelWords(level).name.toLowerCase()}`}</span>
      </p>
      {description ? <p className="max-w-measure whitespace-pre-line text-soft">{description}</p> : null}
    </header>
  );
}
