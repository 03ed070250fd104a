/** A sentence of the documentation, with what stands between backticks as code. */
export function InlineCode({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text that never changes
      <code key={index} className="rounded-[3px] bg-hover px-1 text-sm">
        {part}
      </code>
    ),
  );
}
