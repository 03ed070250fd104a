import { lazyRouteComponent } from '@tanstack/react-router';
import { loaded } from '../lib/lazy-part.tsx';

/**
 * A page in a chunk of its own. Where that is gone, as after an upgrade of the server, the router loads the page anew,
 * once, and only as it shows it: what a pointer over a link fetched in vain takes nothing from a reader who types.
 * Where the server is away, it fails like any request, since there is nothing to load it anew from.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(() => loaded(load), name);
