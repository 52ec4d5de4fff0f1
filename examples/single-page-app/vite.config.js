import { defineConfig } from 'vite'

export default defineConfig({
  esbuild: { jsx: 'automatic' },
  // For development, run `npx vite examples/single-page-app` beside the server. Pages reload after each change, and the browser sees
  // one origin.
  server: { proxy: { '/auth': 'http://localhost:3000', '/hello': 'http://localhost:3000' } },
})
