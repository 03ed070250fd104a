import { ExternalLink } from 'lucide-react';
import { safeLink } from '../lib/safe-link.ts';

interface RunLinkProps {
  readonly url: string | undefined;
  readonly number: number | undefined;
}

/** The pipeline run: a link where its address is http or https, and plain text for anything else. */
export function RunLink({ url, number }: RunLinkProps) {
  const name = number === undefined ? 'Run' : `#${number}`;
  const href = safeLink(url);
  if (href === undefined) return number === undefined ? null : <span>{name}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      data-tip={href}
      className="inline-flex items-center gap-1 rounded-[3px] text-soft underline decoration-line-strong underline-offset-2 hover:text-fg hover:decoration-current"
    >
      {name}
      <ExternalLink aria-label="opens the run" size={11} className="print:hidden" />
    </a>
  );
}
