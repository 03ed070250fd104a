import { useQuery } from '@tanstack/react-query';
import { usePageServices } from './page-services.tsx';
import { sessionQuery } from './session-query.ts';

export function useSession() {
  const { client } = usePageServices();
  return useQuery(sessionQuery(client)).data;
}
