import { register } from 'node:module'

/** Lets Node.js run TypeScript. esbuild removes the types once for all processes. */
register('./hooks.js', import.meta.url)
