/** Secrets from documentation, tutorials and test suites, and words that placeholders are made of. */
const knownSecrets = new Set([
  'a-string-secret-at-least-256-bits-long',
  'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long',
  'your-256-bit-secret-your-256-bit-secret',
  '0123456789abcdef0123456789abcdef',
  'abcdefghijklmnopqrstuvwxyz123456',
  'supersecretsupersecretsupersecret',
])
const placeholder =
  /change[-_ ]?me|replace[-_ ]?me|your[-_ ]?(super[-_ ]?)?secret|at[-_ ]least[-_ ]32|placeholder|example/i

const minimumLength = 32
const minimumDistinctCharacters = 10

/** Returns the problem of a secret as the end of a sentence, or `null`. It never contains the secret. */
export function secretFault(secret: string): string | null {
  if (secret.length < minimumLength) return `must have at least ${minimumLength} characters, and has ${secret.length}`
  if (knownSecrets.has(secret) || placeholder.test(secret)) return 'is a publicly known placeholder'
  if (new Set(secret).size < minimumDistinctCharacters) return 'repeats a few characters, so it can be guessed'
  return null
}
