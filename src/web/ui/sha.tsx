import { shortSha } from '../lib/short-version.ts';
import { CopyIconButton } from './copy-button.tsx';

interface ShaProps {
  readonly sha: string;
  /** All of it, instead of seven characters and the rest on hover. */
  readonly whole?: boolean;
  /** With a button that copies all of it. */
  readonly copy?: boolean;
}

/** A commit's hash. */
export function Sha({ sha, whole = false, copy = false }: ShaProps) {
  const text = whole ? sha : shortSha(sha);
  const code = (
    <code className="text-sm [overflow-wrap:anywhere]" data-tip={text === sha ? undefined : sha}>
      {text}
    </code>
  );
  if (!copy) return code;
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      {code}
      <CopyIconButton text={sha} what="sha" />
    </span>
  );
}
