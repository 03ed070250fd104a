import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report } from '../../../test/support/factories.ts';
import { fakeTerminal } from '../../../test/support/fake-terminal.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import { runProgram } from '../program.ts';

let server: TestServer;
let environment: Record<string, string>;

beforeAll(async () => {
  server = await startTestServer();
  environment = { SHIPLOG_URL: server.url, SHIPLOG_TOKEN: server.adminToken };
  const services = Array.from({ length: 12 }, (_, index) => report({ service: `service-${index}`, version: '1.0.0' }));
  await server.client.recordBatch(services);
});
afterAll(() => server.stop());

const enter = '\u001b[?1049h';
const leave = '\u001b[?1049l';

describe('shiplog matrix --watch on a terminal', () => {
  it('draws on a screen of its own, lights what changes, and gives the screen back', async () => {
    const terminal = fakeTerminal(environment);
    const ended = runProgram(['matrix', '--watch'], terminal);
    await terminal.until(/● live/);
    expect(terminal.written().startsWith(enter)).toBe(true);
    const drawn = terminal.written().length;
    await server.client.record(report({ service: 'service-3', status: 'in-progress', version: '2.0.0' }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what the terminal is told
    await terminal.until(/service-3.*\u001b\[7m2\.0\.0\u001b\[0m/, drawn);
    terminal.interrupt();
    expect(await ended).toBe(0);
    expect(terminal.written().endsWith(leave)).toBe(true);
  });

  it('never draws more lines than there are, and always the sum', async () => {
    const terminal = fakeTerminal(environment);
    terminal.resize(120, 10);
    const ended = runProgram(['matrix', '--watch'], terminal);
    await terminal.until(/● live/);
    const from = terminal.written().length;
    terminal.resize(120, 8);
    const frame = terminal.written().slice(from).split('\u001b[H').at(-1) ?? '';
    expect(frame.split('\r\n')).toHaveLength(8);
    expect(frame).toContain('more lines; a higher window shows them');
    expect(frame).toContain('12 services in 1 environment');
    terminal.interrupt();
    await ended;
  });
});

describe('shiplog batch on a terminal', () => {
  it('shows how far it is, and takes the bar away', async () => {
    const input = Array.from({ length: 3 }, () => JSON.stringify(report({ service: 'bar' }))).join('\n');
    const terminal = fakeTerminal(environment, input);
    expect(await runProgram(['batch', '--chunk', '1'], terminal)).toBe(0);
    expect(terminal.written()).toMatch(/Sending {2}1 /);
    expect(terminal.written()).toMatch(/\r.{1,5}Recorded 3 reports from standard input\.\n$/s);
  });
});
