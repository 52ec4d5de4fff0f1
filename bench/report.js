// Prints a table, and writes it into its section of docs/benchmarks.md if `--write` is given.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { isShort, isWriting } from './settings.js'

const document = new URL('../docs/benchmarks.md', import.meta.url)
const require = createRequire(import.meta.url)

/** @param {string} line */
export const print = line => void process.stdout.write(`${line}\n`)

/** Returns the installed versions of the packages. @param {readonly string[]} packages */
function versions(packages) {
  return packages.map(name => {
    const folder = require.resolve.paths(name)?.map(path => `${path}/${name}/package.json`)
    for (const path of folder ?? []) {
      try {
        return `${name} ${JSON.parse(readFileSync(path, 'utf8')).version}`
      } catch {}
    }
    return `${name}, not installed`
  })
}

/** Describes the cells with medians. @param {number} rounds */
export const mediansOf = rounds =>
  `The table shows medians of ${rounds} alternating rounds, with the lowest and the highest in brackets`

/** @param {readonly (readonly string[])[]} rows */
function markdownTable(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map(row => row[column]?.length ?? 0)))
  const lines = rows.map(row => `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`)
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

/** Replaces the text between `<!-- name -->` and `<!-- /name -->`. @param {string} name @param {string} content */
function writeSection(name, content) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const text = readFileSync(document, 'utf8')
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`docs/benchmarks.md has no section between ${start} and ${end}`)
  writeFileSync(document, `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`)
}

/**
 * @typedef {object} Report
 * @property {string} name The name of the benchmark, and of its section in docs/benchmarks.md.
 * @property {readonly string[]} columns
 * @property {readonly (readonly string[])[]} rows
 * @property {string} conditions The conditions of the measurement, without the last period.
 * @property {readonly string[]} [packages] The packages whose versions affect the figures.
 */

/** @param {Report} report */
export async function report({ name, columns, rows, conditions, packages = defaultPackages }) {
  const table = markdownTable([columns, ...rows])
  const [{ model = 'unknown processor' } = {}] = cpus()
  const machine = `${model.trim()}, ${cpus().length} cores; Node.js ${process.version}`
  const today = new Date().toISOString().slice(0, 10)
  const notes = `${conditions}. ${machine}; ${versions(packages).join(', ')}. Measured on ${today}.`
  print(`${name}${isShort ? ', in its short form: the figures are not valid' : ''}\n\n${table}\n\n${notes}`)
  if (isWriting && !isShort) writeSection(name, `${table}\n\n${notes}`)
}

const defaultPackages = ['fastify', '@fastify/cookie', '@fastify/jwt', 'better-auth']
