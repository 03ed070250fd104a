/** Whether one of some texts has a part in it, in whatever case. */
export function hasPart(part: string, ...texts: readonly string[]): boolean {
  return texts.some((text) => text.toLowerCase().includes(part.toLowerCase()));
}
