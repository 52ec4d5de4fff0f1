// How long an application takes to be ready: each time in a new process, the packages loaded before.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { report } from './report.js'
import { longOrShort } from './settings.js'
import { spread } from './statistics.js'

const rounds = longOrShort(11, 1)
const program = fileURLToPath(new URL('start-once.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fast-auth-bench-'))
const file = join(folder, 'auth.db')

/** @param {string} subject */
function once(subject) {
  const env = { ...process.env, NODE_ENV: 'production' }
  return Number(execFileSync(process.execPath, [program, subject, file], { encoding: 'utf8', env }))
}

const names = ['bare', 'fast-auth', 'fastify-jwt', 'better-auth']
/** @type {Map<string, number[]>} */
const measured = new Map(names.map(name => [name, []]))
try {
  // The first one migrates.
  for (const name of names) once(name)
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, milliseconds] of measured) milliseconds.push(once(name))
  }
} finally {
  rmSync(folder, { recursive: true })
}

await report({
  name: 'start',
  columns: ['', 'milliseconds'],
  rows: [...measured].map(([name, milliseconds]) => [name, spread(milliseconds, value => value.toFixed(0))]),
  conditions: `Medians of ${rounds} alternating rounds, in brackets the lowest and the highest`,
})
