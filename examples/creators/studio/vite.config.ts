import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/studio/',
  plugins: [react()],
  build: {
    // Those that know `light-dark()` and nested rules as they are written.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // Everything is a file of its own: the policy of the page lets nothing else in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
