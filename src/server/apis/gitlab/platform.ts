import type { TypedApp } from '../../http/typed-app.ts';
import { registerAnswers } from './answer-errors.ts';
import { registerBodies } from './bodies.ts';
import { type Impersonation, registerCallers } from './callers.ts';
import { type GitLabRoute, type RouteOptions, registerGitLabRoutes } from './route.ts';

export interface PlatformOptions {
  readonly users: Impersonation;
  readonly publicUrl: string | undefined;
  readonly publicRead: boolean;
  readonly isUnavailable: (error: unknown) => boolean;
  readonly movedTo?: RouteOptions['movedTo'];
}

/** What holds for every endpoint of this dialect, whatever its resource: bodies, callers, errors, headers, parameters. */
export function registerPlatform(scope: TypedApp, routes: readonly GitLabRoute[], options: PlatformOptions): void {
  registerBodies(scope);
  registerCallers(scope, options.users, options.publicRead);
  registerAnswers(scope, options.isUnavailable);
  registerGitLabRoutes(scope, routes, options);
}
