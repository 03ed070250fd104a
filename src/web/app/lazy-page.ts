import { lazyRouteComponent } from '@tanstack/react-router';
import { loaded } from '../lib/lazy-part.tsx';

/**
 * A page in a chunk of its own. Where that cannot be fetched since the server is away, it fails like any request; the
 * router would take it for a chunk that went with an upgrade, and load the page anew from nowhere.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(() => loaded(load), name);
