import { useMutation } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';

/** Gives a user a one-time password, which is in the answer. */
export function useResetPassword() {
  const { client } = usePageServices();
  return useMutation({ mutationFn: (username: string) => client.resetPassword(username), gcTime: 0 });
}
