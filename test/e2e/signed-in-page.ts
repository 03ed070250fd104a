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
  { url, adminToken }: ReachableServer,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, viewport: desktop, ...options });
  const answer = await context.request.post('/api/session', { data: { token: adminToken } });
  if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}: ${await answer.text()}`);
  return context;
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
