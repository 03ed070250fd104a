import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ShiplogClient } from '../../client/shiplog-client.ts';
import { LiveConnection } from '../lib/live/live-connection.ts';
import { PageServicesProvider } from '../lib/page-services.tsx';
import { NowProvider } from '../ui/now.tsx';
import { TipLayer } from '../ui/tip-layer.tsx';
import { ToastLayer } from '../ui/toast.tsx';
import { createQueryClient } from './query-cache.ts';
import { createAppRouter } from './router.tsx';
import { watchSession } from './session-watch.ts';
import './styles.css';

const services = { client: new ShiplogClient({ baseUrl: '', joinsRepeats: true }), live: new LiveConnection() };
const cache = createQueryClient();
// Nothing that was read before need be true of another log.
services.live.onRestored(() => cache.invalidateQueries());
watchSession(cache, services);
const router = createAppRouter({ services, cache });

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root.');

createRoot(element).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      <PageServicesProvider services={services}>
        <NowProvider>
          <RouterProvider router={router} InnerWrap={ToastLayer} />
          <TipLayer />
        </NowProvider>
      </PageServicesProvider>
    </QueryClientProvider>
  </StrictMode>,
);
