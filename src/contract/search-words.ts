type Searched = string | number | null | undefined;

/** The words of a search: what blanks part, in small letters. */
export function searchWords(search: string): readonly string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether each word is in one of some texts, in whatever case; no word has a blank in it. */
export function hasWords(words: readonly string[], texts: readonly Searched[]): boolean {
  const all = texts.join('\n').toLowerCase();
  return words.every((word) => all.includes(word));
}
