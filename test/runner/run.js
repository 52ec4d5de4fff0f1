import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { transpileAll } from '../typescript/transpile.js'
import { folderOf, proofs, tests, writePrograms } from './groups.js'

const [kind = 'test', ...names] = process.argv.slice(2)

/** A tenth of the tests, another each day: they also have to run alone. */
function tenthOfToday() {
  const day = Math.floor(Date.now() / 86_400_000)
  return tests().filter((_, index) => (index + day) % 10 === 0)
}

/** Returns the files of the named folders, or of all of them. @param {readonly string[]} files */
function named(files) {
  return names.length === 0 ? files : files.filter(file => names.includes(folderOf(file)))
}

/** Each returns what tap runs, a process for each path. @type {Readonly<Record<string, () => readonly string[]>>} */
const kinds = {
  test: () => writePrograms(named(tests())),
  proofs: () => [...named(proofs()), ...(names.length === 0 || names.includes('alone') ? tenthOfToday() : [])],
}

/** @param {readonly string[]} parameters */
function tap(...parameters) {
  return spawnSync('npx', ['--no-install', 'tap', ...parameters], { stdio: 'inherit' }).status ?? 1
}

/** Keeps what was covered, because tap removes it when it runs again. */
function keepCoverage() {
  const kept = `.tap/covered/${kind}`
  rmSync(kept, { recursive: true, force: true })
  cpSync('.tap/coverage', kept, { recursive: true })
}

/** Reports the coverage of the tests and the proofs together, and fails below 100 %. */
function reportCoverage() {
  mkdirSync('.tap/coverage', { recursive: true })
  for (const part of readdirSync('.tap/covered')) cpSync(`.tap/covered/${part}`, '.tap/coverage', { recursive: true })
  // The package has parts of TypeBox and Ajv in it, which are not ours to cover.
  const ours = [
    '--include=lib/**',
    '--include=schemas/**',
    '--exclude=lib/composition/options/has-options-shape.ts',
    '--exclude-after-remap',
  ]
  const report = [
    'c8',
    'report',
    '--temp-directory=.tap/coverage',
    '--reporter=text',
    '--check-coverage',
    '--100',
    ...ours,
  ]
  return spawnSync('npx', ['--no-install', ...report], { stdio: 'inherit' }).status ?? 1
}

/** Runs files. Only CI looks at the coverage: neither the tests nor the proofs alone cover everything. */
function runFiles() {
  const files = kinds[kind]?.() ?? []
  if (files.length === 0) {
    const groups = [...new Set([...tests(), ...proofs()].map(folderOf))].join(', ')
    throw new Error(`No files for: ${[kind, ...names].join(' ')}. Names are ${groups}; proofs also have alone`)
  }
  if (process.env.CI !== 'true') return tap('--disable-coverage', ...files)
  const status = tap('--allow-incomplete-coverage', '--coverage-report=none', ...files)
  keepCoverage()
  return status
}

tap('build')
await transpileAll(['lib', 'schemas', 'test'])
process.exitCode = kind === 'coverage' ? reportCoverage() : runFiles()
