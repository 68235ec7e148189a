import { defineConfig } from 'vite';

// In development the page comes from Vite and its data from a gateway, or from dev/fake-server.mjs.
const backend = 'http://127.0.0.1:8080';

export default defineConfig({
  build: {
    // The page's content security policy allows files of its own origin only, so nothing is inlined.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
  server: { proxy: { '/v1': backend, '/demo': backend } },
});
