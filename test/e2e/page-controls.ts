import type { Page, Request, Route } from 'playwright-core';
import { focusedName } from './signed-in-page.ts';

/** The row of a table that names somebody or something. */
export function row(page: Page, name: string) {
  return page.getByRole('row').filter({ hasText: name });
}

/** Does something with what a row shows, by its menu. */
export async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Waits until what is typed goes into a field of the dialog of this name. */
export async function typingIn(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog', { name }).locator('input:focus, textarea:focus').waitFor();
}

/**
 * Presses one key and then another, which belong together where little time is between them: the second does not wait
 * until a page that is busy has answered to the first.
 */
export async function pressInTurn(page: Page, first: string, second: string): Promise<void> {
  await Promise.all([page.keyboard.press(first), page.keyboard.press(second)]);
}

/** Goes on with the Tab key until what has this name has the focus. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await focusedName(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key never came to ${name}; it is at ${await focusedName(page)}.`);
}

/** Holds back what the page asks of a path, as far as it is so, until it is let go. */
export async function holdBack(
  page: Page,
  path: string,
  isHeld = (request: Request) => request.method() !== 'GET',
): Promise<() => void> {
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(
    ({ pathname }) => pathname.startsWith(path),
    async (route: Route) => {
      if (isHeld(route.request())) await gate;
      await route.continue();
    },
  );
  return () => letGo();
}
