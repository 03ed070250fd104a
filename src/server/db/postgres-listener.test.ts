import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { databases } from '../../../test/support/databases.ts';
import { PostgresListener } from './postgres-listener.ts';

test.each(databases.filter(({ name }) => name === 'postgres'))(
  'a listener on $name whose connection falls silent connects anew, and says that something may have been missed',
  async ({ create }) => {
    await using database = await create();
    const target = new URL(database.databaseUrl ?? '');
    const pairs: (readonly [near: Socket, far: Socket])[] = [];
    const proxy = createServer((near) => {
      const far = connect(Number(target.port || 5432), target.hostname);
      near
        .on('error', () => {})
        .pipe(far.on('error', () => {}))
        .pipe(near);
      pairs.push([near, far]);
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const address = proxy.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
    const { port } = address;
    const url = new URL(target);
    url.host = `127.0.0.1:${port}`;

    const listener = new PostgresListener({ connectionString: url.href }, 'test_channel', 'this node', 100);
    let told = 0;
    listener.add(() => {
      told += 1;
    });
    await expect.poll(() => told).toBe(1);
    // As a firewall does that forgot the connection: nothing passes any more, and nobody is told.
    for (const [near, far] of pairs) {
      near.unpipe(far);
      far.unpipe(near);
    }
    await expect.poll(() => told).toBe(2);

    await listener.stop();
    for (const sockets of pairs) for (const socket of sockets) socket.destroy();
    proxy.close();
  },
);
