import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { safeLink } from '../lib/safe-link.ts';
import { textLink } from './text-link.ts';

interface OutsideLinkProps {
  readonly url: string;
  /** What it is called; absent: its address. */
  readonly children?: ReactNode;
}

/** A page of another site: a link where its address is http or https, and plain text for anything else. */
export function OutsideLink({ url, children }: OutsideLinkProps) {
  const href = safeLink(url);
  if (href === undefined) return <span className="[overflow-wrap:anywhere]">{children ?? url}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      data-tip={children === undefined ? undefined : href}
      className={`${textLink} [overflow-wrap:anywhere]`}
    >
      {children ?? url}
      <ExternalLink aria-label="opens another site" size={11} className="ml-1 inline-block align-[-1px] print:hidden" />
    </a>
  );
}
