import { existsSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const folder = import.meta.dirname;

/** The pages that are built: the citizen's app, the auditor's console, the page of a request, and GraphiQL where it stands. */
const pages = ['index.html', 'auditor/index.html', 'share/index.html', 'graphiql/index.html']
  .map((page) => join(folder, page))
  .filter(existsSync);

export default defineConfig({
  root: folder,
  plugins: [react()],
  build: {
    outDir: join(folder, 'dist'),
    emptyOutDir: true,
    // Pictures of people come in answers; nothing of ours hides in a style sheet or script as a data URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages },
  },
  server: {
    port: 5173,
    strictPort: true,
    // For work on the screens beside a running system; the browser stays on one origin.
    proxy: {
      '/graphql': { target: 'http://localhost:4000', changeOrigin: false },
      '/log': { target: 'http://localhost:4000', changeOrigin: false },
    },
  },
});
