import schemas from '@octokit/webhooks-schemas/schema.json' with { type: 'json' };
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(schemas, 'webhooks');

/**
 * What is wrong with a webhook of GitHub's, by the official schema of its event and action: empty where nothing is. The
 * schema knows payloads of deployments and runs of reviews as objects only, which GitHub's newer description does not.
 */
export function webhookFaults(event: string, body: Readonly<Record<string, unknown>>): string[] {
  const action = event === 'ping' ? 'event' : String(body['action']);
  const check = ajv.getSchema(`webhooks#/definitions/${encodeURIComponent(`${event}$${action}`)}`);
  if (!check) throw new Error(`There is no schema of ${event} ${action}.`);
  check(body);
  return (check.errors ?? [])
    .filter(({ instancePath }) => !/^\/deployment\/payload$|^\/workflow_run$/.test(instancePath))
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}
