// Measures how long an application takes to start. Each round starts a new process.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { mediansOf, report } from './report.js'
import { longOrShort } from './settings.js'
import { spread } from './statistics.js'

const rounds = longOrShort(15, 1)
const program = fileURLToPath(new URL('start-once.js', import.meta.url))

/** @param {string} subject @returns {readonly number[]} */
function once(subject) {
  const env = { ...process.env, NODE_ENV: 'production' }
  return JSON.parse(execFileSync(process.execPath, [program, subject], { encoding: 'utf8', env }))
}

const names = ['bare', 'fast-auth', 'fastify-jwt', 'better-auth']
/** @type {Map<string, (readonly number[])[]>} */
const measured = new Map(names.map(name => [name, []]))
for (const name of names) once(name)
for (let round = 0; round < rounds; round += 1) {
  for (const [name, figures] of measured) figures.push(once(name))
}

/** @param {readonly (readonly number[])[]} figures @param {number} index */
const column = (figures, index) =>
  spread(
    figures.map(each => each[index] ?? Number.NaN),
    value => value.toFixed(0),
  )

await report({
  name: 'start',
  columns: ['', 'process start to first response, ms', 'Fastify() to ready(), ms', 'second application, ms'],
  rows: [...measured].map(([name, figures]) => [name, ...[0, 1, 2].map(index => column(figures, index))]),
  conditions: mediansOf(rounds),
})
