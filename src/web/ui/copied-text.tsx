import { CopyIconButton } from './copy-button.tsx';

/** A machine's word, whole, with a button that copies it. `what` names it: "version". */
export function CopiedText({ text, what }: { text: string; what: string }) {
  return (
    <span className="inline-flex max-w-full items-start gap-1">
      <code className="min-w-0 text-sm leading-5 break-all">{text}</code>
      <CopyIconButton text={text} what={what} className="-my-0.5 print:hidden" />
    </span>
  );
}
