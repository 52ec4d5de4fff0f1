import { SecretUnsafeError } from '../../errors/index.js'
import { secretFault } from './known-secrets.js'

/** Secrets by the name of their option. */
export type SecretLists = Readonly<Record<string, readonly string[]>>

function refuseUnfit(name: string, secrets: readonly string[]): void {
  for (const [index, secret] of secrets.entries()) {
    const fault = secretFault(secret)
    if (fault !== null) {
      throw new SecretUnsafeError(
        `The option "${name}[${index}]" of fast-auth ${fault}. Make one with: npx fast-auth secret`,
      )
    }
  }
  if (new Set(secrets).size < secrets.length)
    throw new SecretUnsafeError(`The option "${name}" of fast-auth contains a secret twice: remove one`)
}

/**
 * Returns the names of two lists that share a secret, or `null`. A party that has the secret for one purpose could use it for
 * the other, and neither could be rotated alone.
 */
export function listsWithOneSecret(lists: SecretLists): readonly [string, string] | null {
  const owners = new Map<string, string>()
  for (const [name, secrets] of Object.entries(lists)) {
    for (const secret of secrets) {
      const owner = owners.get(secret) ?? name
      if (owner !== name) return [owner, name]
      owners.set(secret, name)
    }
  }
  return null
}

/** @throws {SecretUnsafeError} A secret is short, known or repeated, or serves two purposes. The message never contains it. */
export function refuseUnsafeSecrets(lists: SecretLists): void {
  for (const [name, secrets] of Object.entries(lists)) refuseUnfit(name, secrets)
  const sharing = listsWithOneSecret(lists)
  if (sharing === null) return
  const [first, second] = sharing
  throw new SecretUnsafeError(
    `The options "${first}" and "${second}" of fast-auth contain the same secret: make one for each with: npx fast-auth secret`,
  )
}
