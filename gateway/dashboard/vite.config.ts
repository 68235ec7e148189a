import { defineConfig } from 'vite';

// In development the page comes from Vite and its data from a gateway, or from dev/fake-server.mjs. The gateway is told the host that
// the browser sees: it refuses pages of another origin.
const backend = { target: 'http://127.0.0.1:8080', changeOrigin: false };

export default defineConfig({
  build: {
    // The page's content security policy allows files of its own origin only, so nothing is inlined.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
  server: { proxy: { '/v1': backend, '/demo': backend } },
});
