/** A text as one word of a shell, whatever is in it. */
export function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A text as JSON between the single quotes of a shell. */
export function jsonInShell(text: string): string {
  return JSON.stringify(text).replaceAll("'", String.raw`\u0027`);
}

/** A project's path as one part of a URL in a shell, within quotes or without. */
export function pathInShell(project: string): string {
  // Of what encodeURIComponent leaves as it is, only these mean something to a shell.
  return encodeURIComponent(project).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
