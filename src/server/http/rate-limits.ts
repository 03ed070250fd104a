import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { ShiplogFault } from '../errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A write that counts against its token's rate. */
    limited?: boolean;
    /** A sign-in: few a minute from one address, since each is a guess at a password. */
    signIn?: boolean;
  }
}

const signInsPerMinute = 10;

/** Limits sign-ins by address, and writes by token where `writesPerMinute` is given. Each node counts for itself. */
export async function registerRateLimits(app: FastifyInstance, writesPerMinute: number | undefined): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    // After authentication, so that the token is known, and before the body is used.
    hook: 'preValidation',
    addHeaders: {
      'retry-after': false,
      'x-ratelimit-limit': true,
      'x-ratelimit-remaining': true,
      'x-ratelimit-reset': true,
    },
    errorResponseBuilder: (_, { ttl, max }) =>
      new ShiplogFault('rate_limited', `At most ${max} of these a minute. Wait, then try again.`, {
        retryAfterMs: ttl,
      }),
  });
  // One handler is one count: whatever a token writes draws on it, whichever route it uses.
  const signIns = app.rateLimit({ max: signInsPerMinute, timeWindow: '1 minute' });
  const writes =
    writesPerMinute === undefined
      ? undefined
      : app.rateLimit({ max: writesPerMinute, timeWindow: '1 minute', keyGenerator: ({ principal }) => principal.id });
  app.addHook('onRoute', (route) => {
    const limit = route.config?.signIn ? signIns : route.config?.limited ? writes : undefined;
    if (limit) route.preValidation = [limit, ...[route.preValidation ?? []].flat()];
  });
}
