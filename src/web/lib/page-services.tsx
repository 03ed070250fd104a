import { createContext, type ReactNode, useContext } from 'react';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import type { LiveConnection } from './live/live-connection.ts';

/** What the page's parts share: the way to the server and the live stream. */
export interface PageServices {
  readonly client: ShiplogClient;
  readonly live: LiveConnection;
}

const Context = createContext<PageServices | undefined>(undefined);

export function PageServicesProvider({ services, children }: { services: PageServices; children: ReactNode }) {
  return <Context value={services}>{children}</Context>;
}

export function usePageServices(): PageServices {
  const services = useContext(Context);
  if (!services) throw new Error('PageServicesProvider is missing.');
  return services;
}
