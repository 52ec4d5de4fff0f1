import { createRequire } from 'node:module'
import type { ServeSettings } from './serve-environment.js'

const packagesOfDatabase = {
  memory: [],
  sqlite: ['libsql'],
  postgres: ['pg'],
  mysql: ['mysql2'],
  redis: ['redis'],
} as const

/** Returns every optional package that `fast-auth serve` loads with these settings. */
function packagesOf({ database: { kind }, hasLimits, mail, passkeys, options }: ServeSettings): string[] {
  const isShared = kind !== 'memory' && kind !== 'sqlite'
  return [
    '@fastify/swagger',
    '@fastify/swagger-ui',
    ...packagesOfDatabase[kind],
    ...(isShared && hasLimits ? ['rate-limiter-flexible'] : []),
    ...(mail.target.kind === 'console' ? [] : ['nodemailer']),
    ...(options.passwords?.hasher?.startsWith('argon2id') ? ['@node-rs/argon2'] : []),
    ...(passkeys.isOn ? ['@simplewebauthn/server'] : []),
    ...(options.providers === undefined ? [] : ['openid-client']),
    ...(options.trustedOrigins?.length ? ['@fastify/cors'] : []),
  ]
}

function isInstalled(name: string, require: NodeJS.Require): boolean {
  try {
    require.resolve(name)
    return true
  } catch (error) {
    // Any other error means that the package is installed. It reports its own problem when it is loaded.
    return (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND'
  }
}

/**
 * Checks that optional packages are installed, and reports all missing packages together.
 * @param require Resolves the packages. Default: the `require` of this file.
 * @throws {Error} A package is missing; the message names all missing packages and one command that installs them.
 */
export function assertInstalled(packages: readonly string[], require = createRequire(import.meta.url)): void {
  const missing = packages.filter(name => !isInstalled(name, require))
  if (missing.length === 0) return
  const command = `npm install ${missing.join(' ')}`
  if (missing.length === 1) throw new Error(`The package ${missing[0]} is needed for this. Install it: ${command}`)
  const names = `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`
  throw new Error(`The packages ${names} are needed for this. Install them: ${command}`)
}

/** Checks that every optional package that these settings need is installed. @throws {Error} as `assertInstalled` */
export function requirePackages(settings: ServeSettings, require?: NodeJS.Require): void {
  assertInstalled(packagesOf(settings), require)
}
