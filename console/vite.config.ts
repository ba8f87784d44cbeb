import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { fontsAsFiles } from './fonts-as-files.ts';

// The server keeps `/` for index.html alone, so that no asset can shadow a path of the AWS APIs.
const base = '/_lambray/';

export default defineConfig({
  base,
  plugins: [react(), fontsAsFiles(base)],
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  server: { proxy: { '/_lambray/api': 'http://127.0.0.1:4566' } },
  test: {
    environment: 'jsdom',
    include: ['tests/**/*.test.{ts,tsx}'],
    setupFiles: 'tests/setup.ts',
    // Pages are slow to draw in jsdom, most of all while the rest of ./test keeps the machine busy.
    testTimeout: 30_000,
    // Tests read the colours; all other style sheets stay unread.
    css: { include: [/status\.css/] },
    // Cloudscape's modules import their style sheets, which Node.js alone cannot load.
    server: { deps: { inline: [/@cloudscape-design/] } },
  },
});
