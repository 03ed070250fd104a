import { expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer } from '../support/server.ts';

test('the API reference shows every operation under its policy, and asks no other host for anything', async () => {
  await using server = await startTestServer();
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));

  const answer = await page.goto(`${server.url}/docs/`);
  expect(answer?.headers()['content-security-policy']).toMatch(/script-src 'self'(;|$)/);
  await page.getByText('/api/deployments', { exact: true }).first().waitFor();
  await page
    .getByRole('button', { name: /^post .*\/api\/deployments$/i })
    .first()
    .click();
  await page.getByText('deployment_id').first().waitFor();

  expect(complaints).toEqual([]);
  expect(requests.filter((url) => new URL(url).origin !== server.url && !url.startsWith('data:'))).toEqual([]);
  expect(requests).toContain(`${server.url}/openapi.json`);
});
