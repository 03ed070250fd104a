import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

interface FailureProps {
  /** What failed, as a sentence. */
  readonly title: string;
  /** Why, for people. */
  readonly why: string;
  readonly onRetry: () => void;
}

/** A failure beside what is still shown. */
export function FailureBar({ title, why, onRetry }: FailureProps) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-failed-tint px-4 py-1.5">
      <CircleAlert aria-hidden size={14} className="shrink-0 text-failed" />
      <p className="min-w-0 flex-1 break-words">
        <span className="font-medium">{title}</span> <span className="text-soft">{why}</span>
      </p>
      <Button onClick={onRetry}>
        <RotateCw aria-hidden size={13} />
        Retry
      </Button>
    </div>
  );
}

/** A failure with nothing to show beside it. */
export function FailurePage({ title, why, onRetry }: FailureProps) {
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-start gap-3 px-6 py-24">
      <CircleAlert aria-hidden size={20} className="text-failed" />
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="max-w-full break-words whitespace-pre-line text-muted">{why}</p>
      <Button look="primary" onClick={onRetry}>
        <RotateCw aria-hidden size={13} />
        Retry
      </Button>
    </div>
  );
}

/** A part that failed, among others that did not. */
export function FailureLine({ title, why, onRetry }: FailureProps) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="min-w-0 flex-1 basis-40 break-words text-muted">
        {title} {why}
      </p>
      <Button onClick={onRetry}>Retry</Button>
    </div>
  );
}

interface EmptySectionProps {
  readonly title: string;
  /** What would be here, and what for. */
  readonly about: ReactNode;
  /** The way to the first one. */
  readonly children?: ReactNode;
}

/** Nothing yet: what would be here, and how it comes. */
export function EmptySection({ title, about, children }: EmptySectionProps) {
  return (
    <section aria-label={title} className="flex flex-col items-start gap-5 px-4 pt-[6vh] pb-12">
      <div className="flex flex-col gap-1.5">
        <h2 className="text-xl font-semibold">{title}</h2>
        <p className="max-w-measure text-muted">{about}</p>
      </div>
      {children}
    </section>
  );
}

/** Nothing to show, and what to do about it. */
export function EmptyNotice({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-20 text-center">
      <h2 className="text-lg font-semibold">{title}</h2>
      <div className="text-muted">{children}</div>
    </div>
  );
}
