/** `1 commit`, `2,048 commits`. */
export function countText(count: number, word: string): string {
  return `${count.toLocaleString()} ${word}${count === 1 ? '' : 's'}`;
}
