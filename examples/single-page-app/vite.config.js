import { defineConfig } from 'vite'

export default defineConfig({
  esbuild: { jsx: 'automatic' },
  // With `npx vite examples/single-page-app` beside the server: pages that reload themselves, and still one origin to the browser.
  server: { proxy: { '/auth': 'http://localhost:3000', '/hello': 'http://localhost:3000' } },
})
