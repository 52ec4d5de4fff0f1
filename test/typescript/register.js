import { register } from 'node:module'

/** Lets Node.js run TypeScript. Types are taken off once a file, not once a process: that is a second for each test file. */
register('./hooks.js', import.meta.url)
