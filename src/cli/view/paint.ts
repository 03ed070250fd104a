const codes = {
  bold: '1',
  dim: '2',
  reverse: '7',
  red: '31',
  green: '32',
  yellow: '33',
  blue: '34',
  magenta: '35',
  cyan: '36',
  grey: '90',
} as const;

export type Tone = keyof typeof codes;
export type Paint = (tone: Tone | undefined, text: string) => string;

/** Colours text with ANSI sequences, or hands it back as it is. */
export function createPaint(enabled: boolean): Paint {
  return (tone, text) => (enabled && tone && text ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text);
}

/** What a server or file says, made safe to print: a control character could rewrite the reader's terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|\p{Cf}/gu, '');
}
