import type { Clock } from '../../clock.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { registerAnswerErrors } from './answer-errors.ts';
import { registerAnswerHeaders } from './answer-headers.ts';
import { message } from './answers.ts';
import { registerBodies } from './bodies.ts';
import { type GitHubRoute, registerGitHubRoutes } from './route.ts';

export interface PlatformOptions {
  readonly publicUrl: string | undefined;
  readonly clock: Clock;
  readonly isUnavailable: (error: unknown) => boolean;
}

/** What holds for every endpoint of this dialect, whatever its resource: bodies, errors, headers, paths. */
export function registerPlatform(scope: TypedApp, routes: readonly GitHubRoute[], options: PlatformOptions): void {
  const { publicUrl, clock, isUnavailable } = options;
  registerBodies(scope);
  registerAnswerErrors(scope, isUnavailable);
  scope.addHook('onRequest', async ({ url }) => {
    // The router takes two slashes for one: a client whose id is empty must not reach the list.
    if (/^[^?]*\/\//.test(url)) throw message(404, 'Not Found');
  });
  registerAnswerHeaders(scope, clock);
  registerGitHubRoutes(scope, routes, publicUrl);
}
