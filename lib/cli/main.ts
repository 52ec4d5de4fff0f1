#!/usr/bin/env node
import { run } from './run.js'

// The reader of stdout may exit early, as `head` does. The failed write reports the error to the command.
process.stdout.on('error', () => undefined)
const exitCode = await run(process.argv.slice(2), process)
// Exits after all output is written. Without the exit, a request that exceeded the limit would keep the process alive.
process.stdout.write('', () => process.exit(exitCode))
