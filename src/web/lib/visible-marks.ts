const marks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about.
const breaks = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/**
 * A text of others with what turns the direction of text written out, as JSON does: `\u202e`. For names that stand among
 * other words: elements end what marks begin within them, but an isolation that is left open ends theirs instead.
 */
export function visibleMarks(text: string): string {
  return text.replace(marks, written);
}

/** The same for what stands in one line: ends of lines and other controls are written out, too. */
export function inOneLine(text: string): string {
  return visibleMarks(text).replace(breaks, written);
}

function written(character: string): string {
  return character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
