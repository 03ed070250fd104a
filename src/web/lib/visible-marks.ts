const marks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text of others with what turns the direction of text written out, as JSON does: `\u202e`. For names that stand among
 * other words: elements end what marks begin within them, but an isolation that is left open ends theirs instead.
 */
export function visibleMarks(text: string): string {
  return text.replace(marks, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
