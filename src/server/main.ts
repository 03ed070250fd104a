import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { type Context, type Overrides, openContext } from './context.ts';

export interface RunningServer {
  readonly url: string;
  readonly context: Context;
  /** How to sign in to a server that nobody has signed in to yet. */
  readonly firstSignIn: { readonly username: string; readonly password: string } | undefined;
  /** Lets open requests finish, ends streams, writes what was accepted, closes the database. */
  stop(): Promise<void>;
}

/** Where the built page lies: beside the built server (dist/cli/chunks), or seen from the sources, as tests run them. */
const webRoots = ['../../web', '../../dist/web'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const webRoot = webRoots.find((path) => existsSync(join(path, 'index.html'))) ?? '';

/** Starts in the order database, feed, HTTP, jobs, and stops in the reverse one. Throws ShiplogFault where it cannot. */
export async function startServer(config: Config, overrides: Overrides = {}): Promise<RunningServer> {
  const context = await openContext(config, overrides);
  try {
    await context.feed.start();
    const firstSignIn = config.adminToken === undefined ? await context.users.firstSignIn() : undefined;
    const app = await createApp(config, context, webRoot);
    const address = await app.listen({ host: config.host, port: config.port });
    context.listensAt(address);
    context.jobs.start();
    context.dispatcher.start();
    context.incoming.applier.start();
    context.tracker.start();
    context.repositoryWork.start();
    const url = config.publicUrl ?? address;
    let stopping: Promise<void> | undefined;
    const stop = async () => {
      // Streams never end by themselves: they would keep the server from closing.
      context.streams.stop();
      const closed = app.close();
      await Promise.race([closed, after(config.drainMs)]);
      app.server.closeAllConnections();
      await closed;
      await context[Symbol.asyncDispose]();
    };
    return { url, context, firstSignIn, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await context[Symbol.asyncDispose]();
    throw error;
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
