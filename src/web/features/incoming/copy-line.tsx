import { CopyIconButton } from '../../ui/copy-button.tsx';

/** A line of a machine's text with the way to copy it. `what` names it. */
export function CopyLine({ text, what }: { text: string; what: string }) {
  return (
    <span className="flex min-w-0 items-start gap-1">
      <code className="min-w-0 text-sm leading-5 [overflow-wrap:anywhere]">{text}</code>
      <CopyIconButton text={text} what={what} className="-my-0.5" />
    </span>
  );
}
