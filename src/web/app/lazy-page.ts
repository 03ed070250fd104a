import { lazyRouteComponent } from '@tanstack/react-router';
import { UnreachableError } from '../../client/shiplog-error.ts';
import { serverAnswers } from './server-answers.ts';

/**
 * A page in a chunk of its own. Where that cannot be fetched since the server is away, it fails like any request; the
 * router would take it for a chunk that went with an upgrade, and load the page anew from nowhere.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(async () => {
    try {
      return await load();
    } catch (error) {
      if (await serverAnswers()) throw error;
      throw new UnreachableError(location.origin, error);
    }
  }, name);
