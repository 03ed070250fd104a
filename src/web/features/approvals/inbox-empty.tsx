import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { matrixQuery } from '../../lib/matrix-query.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { CommandBlock } from '../../ui/command-block.tsx';
import { EmptySection } from '../../ui/notice.tsx';
import { textLink } from '../../ui/text-link.ts';
import { exampleOf, protectCommand } from './protect-command.ts';

/** What the inbox is for, and how something comes to wait in it. */
export function InboxEmpty() {
  const services = usePageServices();
  const matrix = useQuery(matrixQuery(services));
  const { project, environment } = exampleOf(matrix.data);
  return (
    <EmptySection
      title="Nothing waits for you"
      about="A deployment to a protected environment waits until the people it names have approved it. What you may approve comes here, and leaves once you have decided."
    >
      <div className="flex w-full flex-col gap-2">
        <h3 className="font-medium">Protect an environment</h3>
        <p className="max-w-[64ch] text-muted">
          After this, developers deploy {project} to {environment} only once a maintainer has approved. It needs the
          token of a maintainer in SHIPLOG_TOKEN.
        </p>
        <CommandBlock command={protectCommand(location.origin, project, environment)} />
      </div>
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
