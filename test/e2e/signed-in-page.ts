import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

interface ReachableServer {
  readonly url: string;
  readonly adminToken: string;
}

export const desktop = { width: 1440, height: 900 } as const;
export const telephone = { width: 390, height: 844 } as const;

/** A browser profile of its own, signed in with the server's admin token; its pages take paths. */
export async function signedInContext(
  browser: Browser,
  server: ReachableServer,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const storageState = await sessionOf(browser, server);
  return browser.newContext({ baseURL: server.url, viewport: desktop, storageState, ...options });
}

const doors = new WeakMap<object, Map<string, ReachableServer>>();

/** The same for somebody else, by a token of theirs. */
export function contextOf(
  browser: Browser,
  server: Pick<ReachableServer, 'url'>,
  { token }: { readonly token: string },
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const known = doors.get(server) ?? new Map<string, ReachableServer>();
  doors.set(server, known);
  const door = known.get(token) ?? { url: server.url, adminToken: token };
  known.set(token, door);
  return signedInContext(browser, door, options);
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;
const sessions = new WeakMap<ReachableServer, Promise<Session>>();

/** One session a server and token, for signing in is limited to a few times a minute. */
function sessionOf(browser: Browser, server: ReachableServer): Promise<Session> {
  const known = sessions.get(server) ?? signIn(browser, server);
  sessions.set(server, known);
  return known;
}

async function signIn(browser: Browser, { url, adminToken }: ReachableServer): Promise<Session> {
  const context = await browser.newContext({ baseURL: url });
  const answer = await context.request.post('/api/session', { data: { token: adminToken } });
  if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}: ${await answer.text()}`);
  const session = await context.storageState();
  await context.close();
  return session;
}

export async function openPage(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

/** A slot in the matrix, by the beginning of its accessible name. */
export function slotCell(page: Page, begin: string) {
  return page.getByRole('gridcell', { name: new RegExp(`^${escapePattern(begin)}`) });
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Where the focus is: the accessible name that the page gave it, its label where it is a field, or its text. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
    return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim();
  });
}
