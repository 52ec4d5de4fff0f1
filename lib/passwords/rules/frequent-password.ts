import { foldCase } from '../fold-case.js'
import { frequentPasswords } from '../frequent-passwords.js'
import type { PasswordRule } from './password-rule.js'

/** Not one of those that are guessed first, in whatever case. */
export function frequentPassword(): PasswordRule<'frequentPassword'> {
  const violation = {
    rule: 'frequentPassword',
    message: 'The password is one of the most frequent ones: choose another.',
  } as const
  return password => (frequentPasswords.has(foldCase(password)) ? violation : null)
}
