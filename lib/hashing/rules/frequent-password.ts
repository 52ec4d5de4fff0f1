import { foldCase } from '../fold-case.js'
import { frequentPasswords } from '../frequent-passwords.js'
import type { PasswordRule } from './password-rule.js'

/** Refuses the most frequent passwords, in any case. */
export function frequentPassword(): PasswordRule<'frequentPassword'> {
  const violation = {
    rule: 'frequentPassword',
    message: 'The password is one of the most frequent ones: choose another.',
  } as const
  return password => (frequentPasswords.has(foldCase(password)) ? violation : null)
}
