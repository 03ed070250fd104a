import type { IncomingState } from '../../../contract/incoming.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { stateWords } from './incoming-words.ts';

/** What became of it: icon, word and colour. */
export function StateMark({ state }: { state: IncomingState }) {
  const { word, sentence, like } = stateWords[state];
  return <StatusMark status={like} word={word} tip={sentence} size={13} />;
}
