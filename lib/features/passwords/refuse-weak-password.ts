import { PasswordTooWeakError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { PasswordOwner } from '../../hashing/context-words.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'

export interface ChosenPassword {
  readonly password: string
  readonly owner: PasswordOwner
  /** `null` at sign-up. */
  readonly userId: string | null
  readonly sessionId: string | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Checks a new password against every rule, and then against the application's own list of breached passwords. If that check
 * fails or times out, the password passes and an event is emitted.
 * @throws {PasswordTooWeakError} names the rule.
 */
export async function refuseWeakPassword(
  dependencies: Pick<Dependencies, 'passwordPolicy' | 'breachedPasswords' | 'emit'>,
  { password, owner, userId, sessionId, client, now }: ChosenPassword,
): Promise<void> {
  const violation = dependencies.passwordPolicy.violation(password, owner)
  if (violation !== null) throw new PasswordTooWeakError(violation.message, violation.rule)
  const answer = await dependencies.breachedPasswords(password)
  if (answer === 'passed') return
  if (answer === 'breached') {
    throw new PasswordTooWeakError(
      'The password is known from a breach of another service: choose another.',
      'breached',
    )
  }
  const reason = answer === 'timedOut' ? 'timed_out' : 'failed'
  const context = eventContext({ userId, sessionId, client, now })
  dependencies.emit({ name: 'breached_password_check_skipped', reason, ...context })
}
