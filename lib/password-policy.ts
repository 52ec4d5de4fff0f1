import type { Rooms } from './operations/rooms.js'
import type { SettledOptions } from './options/settle-options.js'
import { createBreachedPasswords } from './passwords/breached-password-check.js'
import { createPasswordPolicy } from './passwords/password-policy.js'

/** What the application is called, where the options tell. */
function namesOf({ email, publicUrl }: SettledOptions): readonly string[] {
  const host = publicUrl === undefined ? [] : [new URL(publicUrl).hostname]
  return email?.appName === undefined ? host : [email.appName, ...host]
}

/** Wires what stands between a person and a bad password. */
export function buildPasswordPolicy(options: SettledOptions): Pick<Rooms, 'passwordPolicy' | 'breachedPasswords'> {
  const { breachedPasswordCheck, breachedPasswordTimeoutSeconds, forbiddenWords, ...rules } = options.passwords
  return {
    passwordPolicy: createPasswordPolicy({ ...rules, forbiddenWords: [...namesOf(options), ...forbiddenWords] }),
    breachedPasswords: createBreachedPasswords({
      check: breachedPasswordCheck,
      timeoutMilliseconds: breachedPasswordTimeoutSeconds * 1000,
    }),
  }
}
