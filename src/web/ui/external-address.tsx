import { ExternalLink } from 'lucide-react';
import { safeLink } from '../lib/safe-link.ts';

/** An address that people gave, with or without a scheme: a link where it is one, and plain text for anything else. */
export function ExternalAddress({ address }: { address: string }) {
  const href = safeLink(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`);
  const shown = address.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  if (href === undefined) return <span className="[overflow-wrap:anywhere]">{address}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      data-tip={href}
      className="inline-flex max-w-full items-center gap-1 rounded-[3px] text-soft underline decoration-line-strong underline-offset-2 hover:text-fg hover:decoration-current"
    >
      <span className="truncate">{shown}</span>
      <ExternalLink aria-label="opens in another tab" size={11} className="shrink-0" />
    </a>
  );
}
