import { startReceiver } from '../support/receiver.ts';
import type { TestServer } from '../support/server.ts';

export interface HookedProject extends AsyncDisposable {
  /** Where its webhooks are shown. */
  readonly page: string;
  /** Where the log of one is shown, with a failed delivery open. */
  readonly log: string;
}

/**
 * Gives a project one webhook of each shape: one that delivers, one whose receiver fails, one that is paused. The server
 * must let webhooks go to 127.0.0.1. Disposing ends the receiver.
 */
export async function hookProject({ client }: TestServer, project: string): Promise<HookedProject> {
  const receiver = await startReceiver();
  receiver.answer = (response, { path }) => {
    response.setHeader('content-type', 'application/json');
    if (path === '/deploys') response.end('{"accepted":true}');
    else response.writeHead(502).end('{"message":"The release channel is not there."}');
  };
  const hook = (path: string) => ({ project, url: `${receiver.url}${path}`, secret: 'a secret' });
  const good = await client.createHook({ ...hook('/deploys'), shape: 'gitlab' });
  const bad = await client.createHook({ ...hook('/chat/release-channel'), shape: 'gitlab', topics: ['deployment'] });
  await client.createHook({
    project,
    url: `${receiver.url}/audit?a-parameter=${'long-'.repeat(16)}`,
    shape: 'standard',
    secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    topics: ['approval', 'unapproved'],
    active: false,
    verify_tls: false,
  });
  await client.testHook(good.id);
  const { id } = await client.testHook(bad.id);
  const page = `/projects/${encodeURIComponent(project)}/settings/hooks`;
  const log = `${page}?hook=${bad.id}&delivery=${id}`;
  return { page, log, [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose]() };
}
