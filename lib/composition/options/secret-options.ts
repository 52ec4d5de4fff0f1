import { Type } from '@sinclair/typebox'

/** Secrets and keys that sign tokens and identify services. */
export const SecretOptions = Type.Object({
  /**
   * Secrets that sign tokens and encrypt messages, newest first. The first signs; all of them verify. Each has at least 32
   * random characters; `npx fast-auth secret` prints one.
   * @example
   * ```ts
   * secrets: [process.env.AUTH_SECRET ?? '']
   * ```
   * @see RFC 7518, section 3.2 (keys of HS256); OWASP ASVS 5.0, 13.3.4 (rotation)
   */
  secrets: Type.Unsafe<readonly string[]>(
    Type.Array(Type.String(), {
      minItems: 1,
      maxItems: 16,
      description: 'a list of 1 to 16 secrets, made with: npx fast-auth secret',
    }),
  ),
  /**
   * Ed25519, P-256 or RSA keys in PEM that sign access tokens, newest first. The first private key signs; all of them verify,
   * and `getJwks` publishes them. `npx fast-auth secret --type ed25519` prints one.
   * @default none: the newest of `secrets` signs access tokens (HS256)
   * @example
   * ```ts
   * import { readFileSync } from 'node:fs'
   *
   * await app.register(fastAuth, { secrets, storage, accessTokenKeys: [readFileSync('access-token-key.pem', 'utf8')] })
   * ```
   * @see RFC 7517 (JSON Web Key Set); RFC 9068 (access tokens)
   */
  accessTokenKeys: Type.Optional(
    Type.Unsafe<readonly string[]>(
      Type.Array(Type.String(), {
        maxItems: 16,
        description: 'a list of at most 16 keys in PEM, made with: npx fast-auth secret --type ed25519',
      }),
    ),
  ),
  /**
   * Secrets with which other services call `introspectToken` for tokens of any user. All of them are accepted as bearer
   * tokens. None of them may be in `secrets` or `passwords.pepper`.
   * @default []
   * @example
   * ```ts
   * introspectionSecrets: [process.env.REPORTS_SERVICE_SECRET ?? '']
   * ```
   * @see RFC 7662, section 2.1
   */
  introspectionSecrets: Type.Optional(
    Type.Unsafe<readonly string[]>(
      Type.Array(Type.String({ pattern: '^[\\w.~+/-]*=*$', description: 'of letters, digits and - . _ ~ + / =' }), {
        maxItems: 16,
        default: [],
        description: 'a list of at most 16 secrets, made with: npx fast-auth secret',
      }),
    ),
  ),
})
