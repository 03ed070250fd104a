import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What every page needs of others' code. As one chunk it packs better than as many, and outlives our releases. */
const libraries =
  /node_modules\/(react|react-dom|scheduler|@tanstack\/(react-)?(history|query|router|store)[^/]*|@?radix-ui|@floating-ui|react-remove-scroll[^/]*)\//;
/** Ours, and icons, that most pages need. */
const shared = /src\/web\/(ui|lib)\/|lucide-react/;

// Vite reads its configuration from a default export.
export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // The page's Content-Security-Policy allows no inline script, and every browser above preloads modules itself.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: libraries },
            { name: 'shared', test: shared, minShareCount: 24 },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': process.env['SHIPLOG_URL'] ?? 'http://127.0.0.1:7447' } },
});
