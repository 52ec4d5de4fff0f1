// Writes the table of routes in README.md from openapi.yml.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

const project = resolve(import.meta.dirname, '..')
const target = resolve(process.argv[2] ?? join(project, 'README.md'))
const { paths, tags } = parse(readFileSync(join(project, 'openapi.yml'), 'utf8'), { maxAliasCount: -1 })

/** Returns the part of a path that the routes on one resource share: `/auth/api-keys` of `/auth/api-keys/{id}/roll`. @param {string} path */
const baseOf = path => path.split('/').slice(0, 3).join('/')

/** Returns the base paths of the operations with a tag. @param {string} name */
function pathsOf(name) {
  const tagged = Object.entries(paths).filter(([, methods]) =>
    Object.values(methods).some(operation => operation.tags.includes(name)),
  )
  return [...new Set(tagged.map(([path]) => baseOf(path)))].map(path => `\`${path}\``).join(', ')
}

const rows = tags.map(({ name, description }) => [name, description, pathsOf(name)])
const lines = [['routes', 'purpose', 'paths'], ['---', '---', '---'], ...rows].map(
  cells => `| ${cells.join(' | ')} |\n`,
)

const readme = readFileSync(join(project, 'README.md'), 'utf8')
const table = /(?<=<!-- routes -->\n)(?:\|.*\n)+/
if (!table.test(readme)) throw new Error('README.md has no table after <!-- routes -->')
writeFileSync(target, readme.replace(table, lines.join('')))
