#!/usr/bin/env node
import { run } from './run.js'

// Whoever reads may go away, as `head` does: the write that fails tells the command.
process.stdout.on('error', () => undefined)
const exitCode = await run(process.argv.slice(2), process)
// Once everything is written; a request that outlived the limit would keep the process alive.
process.stdout.write('', () => process.exit(exitCode))
