import { askGitHub } from '../github/checked-answers.ts';
import { join, type Person, person, privateProject } from './people.ts';
import { type Received, type Receiver, startReceiver } from './receiver.ts';
import { startTestServer, type TestServer, type TestServerOptions } from './server.ts';

const project = 'acme/widget';
const at = '/repos/acme/widget';

export const hookSecret = "It's a Secret to Everybody";

export interface HookedRepository extends AsyncDisposable {
  readonly server: TestServer;
  readonly receiver: Receiver;
  /** May ask for deployments, and not know of hooks. */
  readonly developer: Person;
  /** Makes a hook of GitHub's; answers its id. Without a config it goes to the receiver, in JSON, signed with `hookSecret`. */
  hookTo(url: string, hook?: { readonly events?: readonly string[]; readonly config?: object }): Promise<number>;
  /** Asks for a deployment as a developer; answers its id. */
  deploy(more?: object): Promise<number>;
  tell(deployment: number, state: string, more?: object): Promise<number>;
  /** What arrived since this was asked before, all that is due having been sent. */
  told(): Promise<Received[]>;
}

/** A private repository `acme/widget` on a server of its own, and a receiver of webhooks that the server may reach. */
export async function hookedRepository(options: TestServerOptions): Promise<HookedRepository> {
  const receiver = await startReceiver();
  const server = await startTestServer({ webhookAllowedHosts: ['127.0.0.1'], ...options });
  await privateProject(server, project);
  const developer = await person(server, 'dev');
  await join(server, 'project', project, developer, 'developer');
  const { token } = developer;
  const made = async (request: `POST /${string}`, body: object, by = token) => {
    const answer = await askGitHub<{ id: number }>(server, request, { token: by, body });
    if (answer.status !== 201) throw new Error(`${request} was answered ${answer.status}: ${answer.text}`);
    return answer.body.id;
  };
  let seen = 0;
  return {
    server,
    receiver,
    developer,
    hookTo: (url, { events = ['*'], config = {} } = {}) => {
      const whole = { url, content_type: 'json', secret: hookSecret, ...config };
      return made(`POST ${at}/hooks`, { events, config: whole }, server.adminToken);
    },
    deploy: (more = {}) => made(`POST ${at}/deployments`, { ref: 'main', required_contexts: [], ...more }),
    tell: (deployment, state, more = {}) => made(`POST ${at}/deployments/${deployment}/statuses`, { state, ...more }),
    told: async () => {
      await server.context.dispatcher.runOnce();
      const arrived = receiver.received.slice(seen);
      seen += arrived.length;
      return arrived;
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await receiver[Symbol.asyncDispose]();
    },
  };
}
