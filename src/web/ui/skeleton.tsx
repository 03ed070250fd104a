/** A grey bar in the shape of what comes. */
export function Bar({ width, height = 10 }: { width: number | string; height?: number }) {
  return <span aria-hidden className="block animate-wait rounded-[4px] bg-pressed" style={{ width, height }} />;
}
