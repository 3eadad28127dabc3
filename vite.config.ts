import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the window. The page holds no inline script or style: its policy forbids them. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
});
