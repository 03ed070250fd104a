import { Link } from '@tanstack/react-router';
import { buttonLook } from '../ui/button.tsx';
import { EmptyNotice } from '../ui/notice.tsx';
import { PageTitle } from '../ui/page-title.tsx';

export function NotFoundPage() {
  return (
    <main>
      <PageTitle>Not found</PageTitle>
      <EmptyNotice title="There is no such page">
        <p className="pb-3">The address may be mistyped, or from a newer Shiplog.</p>
        <Link to="/" className={buttonLook('plain')}>
          Go to the matrix
        </Link>
      </EmptyNotice>
    </main>
  );
}
