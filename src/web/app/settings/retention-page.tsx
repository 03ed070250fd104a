import { RetentionView } from '../../features/retention/retention-view.tsx';
import { PageTitle } from '../../ui/page-title.tsx';

/** How long things are kept. */
export function RetentionPage() {
  return (
    <>
      <PageTitle>Retention</PageTitle>
      <div>
        <RetentionView />
      </div>
    </>
  );
}
