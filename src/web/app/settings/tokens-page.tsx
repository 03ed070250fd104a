import { TokenSection } from '../../features/tokens/token-section.tsx';
import { PageTitle } from '../../ui/page-title.tsx';

/** The reader's own tokens. */
export function TokensPage() {
  return (
    <>
      <PageTitle>Your tokens</PageTitle>
      <div>
        <TokenSection holder={{ kind: 'user' }} />
      </div>
    </>
  );
}
