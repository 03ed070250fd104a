import { randomBytes } from 'node:crypto';
import type { Terminal } from '../terminal.ts';

export interface DemoServer {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

interface DemoFolders {
  readonly dataDir: string;
  /** Repositories in it may be connected. */
  readonly repositoryFolder: string;
}

/** A server for the demo: on a free port of this machine, and open to everyone who reads. Throws where it is ended early. */
export async function startDemoServer(
  { dataDir, repositoryFolder }: DemoFolders,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<DemoServer> {
  const [{ loadConfig }, { startServer }] = await Promise.all([
    import('../../server/config.ts'),
    import('../../server/main.ts'),
  ]);
  signal.throwIfAborted();
  const token = `demo-${randomBytes(12).toString('hex')}`;
  const given = {
    host: '127.0.0.1',
    port: '0',
    dataDir,
    publicRead: 'true',
    adminToken: token,
    rateLimit: 'off',
    drainMs: '1000',
    repositoryPaths: repositoryFolder,
    repositoryIntervalMs: '30000',
  };
  const logLevel = terminal.environment['SHIPLOG_LOG_LEVEL'] || 'warn';
  const server = await startServer(loadConfig({ ...given, logLevel }, {}));
  return { url: server.url, token, stop: () => server.stop() };
}
