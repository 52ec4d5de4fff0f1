import { readFileSync } from 'node:fs'

const manifest = JSON.parse(readFileSync(new URL(import.meta.resolve('fast-auth/package.json')), 'utf8'))
const doors = Object.entries(manifest.exports).filter(([, target]) => target.endsWith('.js'))
const names = await Promise.all(
  doors.map(async ([door]) => [door, Object.keys(await import(`fast-auth${door.slice(1)}`)).sort()]),
)
process.stdout.write(JSON.stringify(Object.fromEntries(names)))
