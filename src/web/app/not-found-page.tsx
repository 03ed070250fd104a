import { NotThere } from '../lib/not-there.tsx';
import { PageTitle } from '../ui/page-title.tsx';

/** What no other page has as its address. */
export function NotFoundPage() {
  return (
    <>
      <PageTitle>Not found</PageTitle>
      <NotThere title="There is no such page">The address may be mistyped, or from a newer Shiplog.</NotThere>
    </>
  );
}
