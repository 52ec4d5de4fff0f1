// Writes the table of routes in README.md from openapi.yml.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

const project = resolve(import.meta.dirname, '..')
const target = resolve(process.argv[2] ?? join(project, 'README.md'))
const { paths } = parse(readFileSync(join(project, 'openapi.yml'), 'utf8'), { maxAliasCount: -1 })

/** The names of the security schemes in the table. */
const credentials = {
  accessCookie: 'session',
  accessToken: 'session',
  apiKey: 'API key',
  refreshCookie: 'refresh token',
  introspectionSecret: 'secret',
}

/** Names of schemes that a requirement combines are joined by "and", requirements by "or". @param {readonly Record<string, unknown>[]} security */
function needs(security) {
  const names = security.map(requirement => Object.keys(requirement).map(name => credentials[name] ?? name))
  const words = names.map(scheme => (scheme.length === 0 ? 'none' : scheme.join(' and ')))
  return words.length === 0 ? '–' : [...new Set(words)].join(' or ')
}

const rows = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, summary, security = [] }]) => [
    `${method.toUpperCase()} ${path}`,
    `\`${operationId}\``,
    summary,
    needs(security),
  ]),
)
const lines = [
  ['method and path', 'operation', 'effect', 'credential'],
  ['---', '---', '---', '---'],
  ...rows,
].map(cells => `| ${cells.join(' | ')} |\n`)

const readme = readFileSync(join(project, 'README.md'), 'utf8')
const table = /(?<=<!-- routes -->\n)(?:\|.*\n)+/
if (!table.test(readme)) throw new Error('README.md has no table after <!-- routes -->')
writeFileSync(target, readme.replace(table, lines.join('')))
