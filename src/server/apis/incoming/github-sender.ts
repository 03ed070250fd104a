import { createHmac } from 'node:crypto';
import { headerOf, isSame, type RawRequest, type Sender } from './sender.ts';

/**
 * GitHub signs the bytes of the body: `X-Hub-Signature-256: sha256=<HMAC-SHA256 in small hex>`. The body is JSON, or a form
 * with the JSON in `payload`.
 */
export const githubSender: Sender = {
  isProvenBy: (request, secret) => {
    const signature = headerOf(request, 'x-hub-signature-256') ?? '';
    const expected = createHmac('sha256', secret).update(request.body).digest('hex');
    return isSame(signature, `sha256=${expected}`);
  },
  projectOf: ({ headers, text }) => fullName(githubJson(headers['content-type'], text)),
  eventOf: (request) => headerOf(request, 'x-github-event') ?? '',
  keyOf: (request) => headerOf(request, 'x-github-delivery'),
  kept: [
    'content-type',
    'user-agent',
    'x-github-event',
    'x-github-delivery',
    'x-github-hook-id',
    'x-github-hook-installation-target-type',
    'x-github-hook-installation-target-id',
    'x-github-enterprise-host',
  ],
};

/** The JSON of a body of either content type. */
export function githubJson(contentType: RawRequest['headers']['content-type'], text: string): string {
  const isForm = contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false;
  return isForm ? (new URLSearchParams(text).get('payload') ?? '') : text;
}

function fullName(json: string): string | undefined {
  try {
    const name: unknown = JSON.parse(json)?.repository?.full_name;
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
