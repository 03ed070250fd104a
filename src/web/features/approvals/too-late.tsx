import { useQuery } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { approvalsQuery } from './approvals-query.ts';
import { tooLateText } from './decision-text.ts';

/** Says in a form that is still open that it came too late, and who was first. */
export function TooLate({ deployment }: { deployment: number }) {
  const { client } = usePageServices();
  const { data } = useQuery(approvalsQuery(client, deployment));
  return <p className="font-medium break-words text-waiting">{tooLateText(data)}</p>;
}
