// Writes the bill of materials of the package, in the format CycloneDX, to a file: node .ci/sbom.mjs FILE
// It needs no network. It fails if `npm sbom` lists other packages than an installation has, or if a licence is not permissive.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const permissive = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
])

const [output] = process.argv.slice(2)
if (output === undefined) throw new Error('Usage: node .ci/sbom.mjs FILE')
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const packages = lock.packages

/** Returns the path at which Node.js finds the package `name` from the package at `from`. */
function found(from, name) {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (path in packages) return path
  if (from === '') throw new Error(`package-lock.json lacks ${name}`)
  return found(from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)), name)
}

/** Returns the paths of all packages that an installation has: direct and indirect dependencies, without peers. */
function installed() {
  const paths = new Set(Object.keys(manifest.dependencies).map(name => found('', name)))
  for (const path of paths) {
    const { dependencies = {} } = packages[path] ?? {}
    for (const name of Object.keys(dependencies)) paths.add(found(path, name))
  }
  return [...paths]
}

const nameAndVersion = path => `${path.split('node_modules/').at(-1)}@${packages[path]?.version}`

/**
 * Runs `npm sbom` on a copy of the manifest without development dependencies. In the project itself, `--omit dev` would also leave
 * out packages that a development dependency needs.
 */
function billOfMaterials() {
  const folder = mkdtempSync(join(tmpdir(), 'sbom-'))
  const { name, version, description, license, type, engines, dependencies } = manifest
  const root = { name, version, license, engines, dependencies }
  const kept = [['', root], ...Object.entries(packages).filter(([path, { dev, peer }]) => path !== '' && !dev && !peer)]
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...root, description, type }))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages: Object.fromEntries(kept) }))
  const parameters = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--package-lock-only']
  const { status, stdout, stderr } = spawnSync('npm', parameters, { cwd: folder, encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  if (status !== 0) throw new Error(`npm sbom: ${stderr}`)
  const bill = JSON.parse(stdout)
  // npm uses the name of the folder.
  bill.metadata.component.name = name
  return bill
}

const bill = billOfMaterials()
const listed = bill.components.map(({ name, version }) => `${name}@${version}`)
const expected = installed()
const failures = [
  ...listed.filter(one => !expected.map(nameAndVersion).includes(one)).map(one => `listed, but not installed: ${one}`),
  ...expected
    .map(nameAndVersion)
    .filter(one => !listed.includes(one))
    .map(one => `installed, but not listed: ${one}`),
  ...expected
    .filter(path => !permissive.has(packages[path]?.license ?? ''))
    .map(path => `not a permissive licence: ${nameAndVersion(path)}, ${packages[path]?.license}`),
]
writeFileSync(resolve(output), `${JSON.stringify(bill, null, 2)}\n`)
process.stdout.write(`${listed.length} packages in ${output}\n`)
if (failures.length > 0) {
  process.stderr.write(`${failures.join('\n')}\n`)
  process.exitCode = 1
}
