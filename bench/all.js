// Runs all benchmarks in sequence, and passes its arguments to each: npm run --prefix bench all -- --write
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const benchmarks = [
  'protected',
  'keys',
  'sign-in',
  'second-factor',
  'passkeys',
  'organizations',
  'storm',
  'refresh',
  'memory',
  'start',
  'scale',
  'api-keys',
  'sign-in-timing',
  'type-checking',
]

const failed = benchmarks.filter(name => {
  const file = fileURLToPath(new URL(`${name}.js`, import.meta.url))
  process.stdout.write(`\n== ${name}\n`)
  return spawnSync(process.execPath, [file, ...process.argv.slice(2)], { stdio: 'inherit' }).status !== 0
})
if (failed.length > 0) {
  process.stdout.write(`failed: ${failed.join(', ')}\n`)
  process.exitCode = 1
}
