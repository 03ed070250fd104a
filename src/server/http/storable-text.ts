/** Whether the databases can take a text: PostgreSQL none with NUL, and half of a surrogate pair is no text. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
