import { json, line, type Terminal } from '../terminal.ts';
import { createPaint } from '../view/paint.ts';
import type { SignIn } from './own-demo.ts';

export interface Introduction {
  readonly events: number;
  readonly services: number;
  readonly days: number;
  readonly url: string;
  /** Undefined: there is no token to tell. */
  readonly token: string | undefined;
  /** To a server of the demo's own. */
  readonly signIn: SignIn | undefined;
  /** Live events in a minute; undefined: none. */
  readonly rate: number | undefined;
}

/** Says where the demo is and what to do there. */
export function introduce(about: Introduction, terminal: Terminal, asJson: boolean): void {
  const { events, url, token, signIn } = about;
  if (asJson) return json(terminal.out, { url, events, ...(token ? { token } : {}), ...signIn });
  const paint = createPaint(terminal.out.colour);
  const count = new Intl.NumberFormat('en').format(events);
  line(terminal.out, `${paint('green', '✓')} ${count} events: ${about.services} services, ${about.days} days.`);
  line(terminal.out, `  Look at it:    ${paint('bold', url)}`);
  if (signIn) line(terminal.out, `  Sign in as:    ${signIn.username}, password ${paint('bold', signIn.password)}`);
  line(terminal.out, `  In a terminal: SHIPLOG_URL=${url} shiplog matrix --watch`);
  if (token) line(terminal.out, `  Write to it:   SHIPLOG_TOKEN=${token} (gone when this ends)`);
  if (signIn) for (const [index, thing] of thingsToTry.entries()) line(terminal.out, tried(thing, index));
  const each = about.rate ? `${about.rate} live events a minute` : token ? 'No live events' : undefined;
  if (each) line(terminal.out, paint('grey', `  ${each}; Ctrl-C ends.`));
}

/** Paths of the page. */
const thingsToTry = [
  ['/inbox', 'let go what waits for production; sign in first'],
  ['/changes', 'how far each merged change has come, once the repositories are read'],
  ['/activity', 'what happened last: open one to see what it shipped'],
] as const;

function tried([path, what]: (typeof thingsToTry)[number], index: number): string {
  return `  ${(index === 0 ? 'Then try:' : '').padEnd(14)} ${path.padEnd(10)} ${what}`;
}

/** Says why the demo shows less than it could. */
export function warnOfFault(fault: string, terminal: Terminal): void {
  const reason = fault.split('\n')[0]?.replace(/\.$/, '');
  line(terminal.err, `The demo has no repositories, and so no commits and changes: ${reason}.`);
}
