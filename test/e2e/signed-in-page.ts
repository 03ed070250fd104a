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

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;
const sessions = new WeakMap<ReachableServer, Promise<Session>>();

/** One session a server, for signing in is limited to a few times a minute. */
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

/** Where the focus is: the accessible name that the page gave it, or its text. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });
}
