import { Link } from '@tanstack/react-router';
import { PageTitle } from '../ui/page-title.tsx';

const pages = [
  { to: '/projects/$project/repository', word: 'Repository' },
  { to: '/projects/$project/hooks', word: 'Webhooks' },
] as const;

const tab =
  'flex h-9 items-center border-b-2 border-transparent font-medium text-muted transition-colors duration-100 hover:text-fg aria-[current=page]:border-fg aria-[current=page]:text-fg';

/** Above the settings of a project: whose they are, and the way from one to the other. */
export function ProjectHead({ project, page }: { project: string; page: (typeof pages)[number]['word'] }) {
  return (
    <>
      <PageTitle>{`${page} of ${project}`}</PageTitle>
      <p className="flex flex-wrap items-baseline gap-x-2 px-4 pt-5 pb-1 text-xl">
        <Link
          to="/"
          search={{ q: project }}
          data-tip="Show it in the matrix"
          className="min-w-0 rounded-[3px] font-semibold break-all hover:underline"
        >
          {project}
        </Link>
      </p>
      <nav aria-label={`Settings of ${project}`} className="flex gap-5 border-b px-4">
        {pages.map(({ to, word }) => (
          <Link key={to} to={to} params={{ project }} search={{}} className={tab}>
            {word}
          </Link>
        ))}
      </nav>
    </>
  );
}
