import { Link } from '@tanstack/react-router';
import { segment, segments } from '../../ui/page.tsx';

interface ChangeViewsProps {
  readonly label: string;
}

const views = [
  [undefined, 'All'],
  ['waiting', 'Waiting'],
] as const;

/** All changes, or those that wait: two views of the page one is on; what was chosen stays so. */
export function ChangeViews({ label }: ChangeViewsProps) {
  return (
    <nav aria-label={label} className={`mr-1.5 ${segments}`}>
      {views.map(([view, word]) => (
        <Link
          key={word}
          to="."
          search={(before) => ({ ...before, view })}
          activeOptions={{ explicitUndefined: true }}
          className={segment}
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}
