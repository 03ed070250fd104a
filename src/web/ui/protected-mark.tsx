import { Lock } from 'lucide-react';

/** Says of an environment that it is protected. */
export function ProtectedMark() {
  return (
    <span
      role="img"
      aria-label="Protected"
      data-tip="Protected: rules say who deploys there"
      className="relative text-muted"
    >
      <Lock aria-hidden size={12} />
    </span>
  );
}
