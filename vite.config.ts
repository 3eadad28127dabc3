import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { licencesPlugin } from './app/licences/plugin.ts';

/** Builds the window. The page holds no inline script or style: its policy forbids them. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react(), licencesPlugin(import.meta.dirname)],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
});
