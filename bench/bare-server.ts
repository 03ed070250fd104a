import Fastify from 'fastify';
import { DeploymentReport } from '../src/contract/deployment-event.ts';
import { addFormats } from '../src/server/http/formats.ts';

/** The measure for everything else: Fastify that checks the same body and answers, and does nothing more. */
const app = Fastify({
  ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true }, onCreate: addFormats },
});
app.post('/api/deployments', { schema: { body: DeploymentReport } }, async (_, reply) =>
  reply.code(201).send({ id: 'none' }),
);
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${url}\n`);
process.on('SIGTERM', () => void app.close());
