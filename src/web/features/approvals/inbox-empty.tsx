import { Link } from '@tanstack/react-router';
import { EmptySection } from '../../ui/notice.tsx';
import { textLink } from '../../ui/text-link.ts';

/** What the inbox is for, and where to see what waits for others. */
export function InboxEmpty() {
  return (
    <EmptySection
      title="Nothing waits for you"
      about="A deployment to a protected environment waits until the people it names have approved it. What you may approve comes here, and leaves once you have decided."
    >
      <p className="text-muted">
        What waits for others is in{' '}
        <Link to="/" search={{ status: 'waiting' }} className={textLink}>
          the matrix
        </Link>
        .
      </p>
    </EmptySection>
  );
}
