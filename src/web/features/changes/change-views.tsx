import { Link } from '@tanstack/react-router';
import { segment, segments } from '../../ui/page.tsx';

interface ChangeViewsProps {
  readonly label: string;
  /** What was chosen and stays so. */
  readonly kept: { readonly project?: string | undefined; readonly environment: string | undefined };
}

const views = [
  [undefined, 'All'],
  ['waiting', 'Waiting'],
] as const;

/** All changes, or those that wait: two views of the page one is on. */
export function ChangeViews({ label, kept }: ChangeViewsProps) {
  return (
    <nav aria-label={label} className={`mr-1.5 ${segments}`}>
      {views.map(([view, word]) => (
        <Link
          key={word}
          to="."
          search={{ view, ...kept }}
          activeOptions={{ explicitUndefined: true }}
          className={segment}
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}
