import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface CuttableProxy extends AsyncDisposable {
  /** The database's URL with the proxy's address in it. */
  readonly url: string;
  /** Breaks every connection and refuses new ones: what a stopped server looks like. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** Stands between a server and its database, to take the database away and give it back. */
export async function startProxy(databaseUrl: string): Promise<CuttableProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    return socket;
  };
  const open = async (port: number): Promise<Server> => {
    const server = createServer((near) => {
      const far = keep(connect(Number(target.port || 5432), target.hostname));
      keep(near).pipe(far).pipe(near);
      near.once('close', () => far.destroy());
      far.once('close', () => near.destroy());
    });
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return server;
  };

  let server = await open(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${address.port}`;

  const cut = async () => {
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const mend = async () => {
    server = await open(address.port);
  };
  return { url: url.href, cut, mend, [Symbol.asyncDispose]: cut };
}
