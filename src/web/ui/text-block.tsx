import { visibleMarks } from '../lib/visible-marks.ts';
import { CopyIconButton } from './copy-button.tsx';

interface TextBlockProps {
  /** What it holds: "Request body". */
  readonly label: string;
  readonly text: string;
  /** What is copied, where that is not what is shown. */
  readonly copied?: string;
}

const lines =
  'max-h-72 overflow-auto px-3 py-2 text-sm leading-[18px] outline-offset-[-2px] print:max-h-none print:whitespace-pre-wrap';

/** Some lines of a machine's text, to read by scrolling and to copy. */
export function TextBlock({ label, text, copied = text }: TextBlockProps) {
  return (
    <figure className="overflow-hidden rounded border">
      <figcaption className="flex items-center border-b bg-surface py-0.5 pr-1 pl-3 text-sm font-medium text-muted">
        <span className="flex-1">{label}</span>
        <CopyIconButton text={copied} what={label.toLowerCase()} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre tabIndex={0} className={lines}>
        {visibleMarks(text)}
      </pre>
    </figure>
  );
}
