import { useState } from 'react';
import { mayOnlyRead } from './may-write.ts';
import { useSession } from './use-session.ts';

interface Asked {
  readonly data: { readonly access_level: number } | undefined;
  readonly isFetching: boolean;
}

/**
 * What the reader may do somewhere, by the level in the server's answer: 0 where they came by something that may only
 * read. Once their session has ended it stays what it was, also where reading is open and the server says less, so that a
 * form and what is typed in it are there when they are back and the server has answered them.
 */
export function useLevel({ data, isFetching }: Asked): number {
  const session = useSession();
  const [before, setBefore] = useState(0);
  const now = mayOnlyRead(session) ? 0 : (data?.access_level ?? 0);
  const isAnswered = session?.signed_in === true && !isFetching;
  const shown = isAnswered ? now : Math.max(now, before);
  if (shown !== before) setBefore(shown);
  return shown;
}
