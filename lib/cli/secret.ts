import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CliContext } from './cli-context.js'

/** Returns 32 random bytes as base64url: 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

const keyPairTypes = {
  ed25519: () => generateKeyPairSync('ed25519'),
  p256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  // 128 bits of security, like the other types (NIST SP 800-57, part 1, table 2).
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 3072 }),
} as const

function isKeyPairType(type: string): type is keyof typeof keyPairTypes {
  return Object.hasOwn(keyPairTypes, type)
}

interface Made {
  /** The secret, or the private key as PEM. */
  readonly secret: string
  readonly publicKey?: string
}

function make(type: string): Made {
  if (type === 'hs256') return { secret: `${newSecret()}\n` }
  if (!isKeyPairType(type)) {
    throw new Error(`--type must be one of hs256, ${Object.keys(keyPairTypes).join(', ')}; it is "${type}"`)
  }
  const { privateKey, publicKey } = keyPairTypes[type]()
  return {
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

export interface SecretFlags {
  readonly type?: string | undefined
  readonly output?: string | undefined
}

/** Never overwrites a file: a lost key cannot be restored. */
async function keep({ secret, publicKey }: Made, file: string): Promise<void> {
  await writeFile(file, secret, { flag: 'wx', mode: 0o600 })
  if (publicKey !== undefined) await writeFile(`${file}.pub`, publicKey, { flag: 'wx' })
}

/**
 * `fast-auth secret`: creates a secret for JWT_SECRET_KEY, or a private key for JWT_PRIVATE_KEY_FILE.
 * @param flags `type`: hs256 (default), ed25519, p256 or rsa. `output`: a file that only its owner may read; the public
 * key goes to `FILE.pub`. Without `output` the secret goes to stdout.
 * @throws {Error} The type is unknown, or the file already exists.
 */
export async function secret({ stdout, cwd }: CliContext, { type = 'hs256', output }: SecretFlags): Promise<number> {
  const made = make(type)
  if (output === undefined) stdout.write(made.secret)
  else await keep(made, resolve(cwd(), output))
  return 0
}
