import type { Dependencies } from '../features/dependencies.js'
import { createBreachedPasswords } from '../hashing/breached-password-check.js'
import type { AdmitHash } from '../hashing/hash-origin.js'
import { hasherOf } from '../hashing/hasher-setting.js'
import { createPasswordPolicy } from '../hashing/password-policy.js'
import { createPasswords } from '../hashing/passwords.js'
import { createPepperRing } from '../hashing/pepper-ring.js'
import { selfTestHasher } from '../hashing/self-test-hasher.js'
import type { Measure } from '../telemetry/create-measure.js'
import type { ResolvedOptions } from './options/resolve-options.js'

/** Returns the names of the application, if the options have any. */
function namesOf({ email, publicUrl }: ResolvedOptions): readonly string[] {
  const host = publicUrl === undefined ? [] : [new URL(publicUrl).hostname]
  return email?.appName === undefined ? host : [email.appName, ...host]
}

type PasswordDependencies = Pick<Dependencies, 'passwords' | 'passwordPolicy' | 'breachedPasswords'>

/** What there is only where requests come. */
interface Serving {
  readonly admit?: AdmitHash
  readonly measure?: Measure | undefined
}

/**
 * Creates password hashing and the password policy. A self-test proves that hashing works on this machine and with these
 * secrets before the application reports that it is ready.
 */
export async function composePasswordDependencies(
  options: ResolvedOptions,
  { admit, measure }: Serving = {},
): Promise<PasswordDependencies> {
  const { hasher: setting, pepper, formats, hashingConcurrency, hashingQueueLimit, ...policy } = options.passwords
  const { breachedPasswordCheck, breachedPasswordTimeoutSeconds, forbiddenWords, ...rules } = policy
  const hasher = hasherOf(setting)
  const peppers = createPepperRing(pepper)
  await selfTestHasher(hasher, peppers)
  return {
    passwords: createPasswords({
      hasher,
      peppers,
      formats,
      concurrency: hashingConcurrency,
      queueLimit: hashingQueueLimit,
      admit,
      measure,
    }),
    passwordPolicy: createPasswordPolicy({ ...rules, forbiddenWords: [...namesOf(options), ...forbiddenWords] }),
    breachedPasswords: createBreachedPasswords({
      check: breachedPasswordCheck,
      timeoutMilliseconds: breachedPasswordTimeoutSeconds * 1000,
    }),
  }
}
