import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Terminal } from '../terminal.ts';

export interface DemoServer {
  readonly url: string;
  readonly token: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A server of its own for the demo: a free port, a folder that goes away with it, and reads open to all. */
export async function startDemoServer(terminal: Terminal): Promise<DemoServer> {
  const [{ loadConfig }, { startServer }] = await Promise.all([
    import('../../server/config.ts'),
    import('../../server/main.ts'),
  ]);
  const token = `demo-${randomBytes(12).toString('hex')}`;
  const folder = await mkdtemp(join(tmpdir(), 'shiplog-demo-'));
  try {
    const given = {
      host: '127.0.0.1',
      port: '0',
      dataDir: folder,
      publicRead: 'true',
      adminToken: token,
      rateLimit: 'off',
      drainMs: '1000',
    };
    const logLevel = terminal.environment['SHIPLOG_LOG_LEVEL'] || 'warn';
    const server = await startServer(loadConfig({ ...given, logLevel }, {}));
    return {
      url: server.url,
      token,
      [Symbol.asyncDispose]: async () => {
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
