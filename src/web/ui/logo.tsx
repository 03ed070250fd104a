/** Three lines of a log, the first of them live. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
      <rect x="1.5" y="3" width="11" height="2.6" rx="1.3" />
      <rect x="1.5" y="8.7" width="17" height="2.6" rx="1.3" />
      <rect x="1.5" y="14.4" width="8" height="2.6" rx="1.3" />
      <circle cx="16.6" cy="4.3" r="1.9" className="text-success" />
    </svg>
  );
}
