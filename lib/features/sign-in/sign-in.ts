import { InvalidCredentialsError, ValidationError } from '../../errors/index.js'
import type { LoginFailReason } from '../../events/auth-event.js'
import { eventContext } from '../../events/event-context.js'
import type { HashOrigin } from '../../hashing/hash-origin.js'
import type { PasswordCheck, Rehash } from '../../hashing/passwords.js'
import type { IncompleteSignIn } from '../../http/answer-waiting.js'
import type { EpochMilliseconds, PasswordHash, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { DeviceToken } from '../../tokens/device-token.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import { canonicalUsername } from '../../usernames/canonical-username.js'
import type { Dependencies } from '../dependencies.js'
import { acceptedEmail } from '../email/accepted-email.js'
import { replaceHash } from '../passwords/replace-hash.js'
import type { Proof } from '../sessions/port.js'
import { completeSignIn, type SignInDependencies } from './complete-sign-in.js'
import { passwordFactor } from './first-factor.js'
import { ownDevice } from './own-device.js'

/** The user's identifier: exactly one of the two. */
interface Identity {
  readonly email?: string
  readonly username?: string
}

export interface SignIn extends Identity {
  readonly password: string
  /** The known devices that the request names, of any users. */
  readonly devices?: readonly DeviceToken[]
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** The identifier as typed, and its account. */
interface Account {
  /** In its canonical form. */
  readonly name: string
  find(): Promise<UserRecord | null>
}

/**
 * Always performs exactly one lookup: input that is not a valid user name is looked up verbatim, so it takes as long as an
 * unknown one.
 */
function accountOf(
  { storage: { users } }: Pick<Dependencies, 'storage'>,
  { email: typed, username: typedName }: Identity,
): Account {
  if (typed !== undefined && typedName === undefined) {
    const email = acceptedEmail(typed)
    return { name: `email ${email}`, find: () => users.findByEmail({ email }) }
  }
  if (typedName !== undefined && typed === undefined) {
    const username = canonicalUsername(typedName) ?? typedName
    return { name: `username ${username}`, find: () => users.findByUsername({ username }) }
  }
  throw new ValidationError(null, 'oneOf', 'must have either "email" or "username", and not both')
}

interface Checked {
  readonly isRight: boolean
  readonly origin: HashOrigin
  readonly known: UserRecord | null
  readonly check: PasswordCheck
}

/**
 * Checks the password, unless there were too many wrong ones. Attempts count against the typed identifier, so an account that
 * does not exist has the same count; on a known device of this account they count against that device alone.
 */
async function checkPassword(
  dependencies: Pick<Dependencies, 'limits' | 'passwords' | 'storage'>,
  { password, devices = [], client, ...identity }: SignIn,
): Promise<Checked> {
  const { name: account, find } = accountOf(dependencies, identity)
  const owner = devices.length === 0 ? undefined : await find()
  const device = ownDevice(devices, owner)
  const origin = { client, knownUserId: device?.userId ?? null }
  return dependencies.limits.signIn({ account, device, client }, async () => {
    const known = owner === undefined ? await find() : owner
    const check = await dependencies.passwords.check(password, known?.passwordHash ?? null, origin)
    return { isRight: known !== null && check.isRight, origin, known, check }
  })
}

/** A user whose password was right, the hash that it was verified against, and whether to replace that hash. */
interface Verified {
  readonly user: UserRecord
  readonly hash: PasswordHash
  readonly rehash: Rehash
}

/** A sign-in whose first factor was right, and which waits for a second one. */
export interface WaitingSignIn extends IncompleteSignIn {
  readonly outcome: 'secondFactorRequired'
}

/** The result of a sign-in with a password. */
export type SignInResult = { readonly outcome: 'signedIn'; readonly issued: IssuedTokens } | WaitingSignIn

/**
 * Creates a session if the client knows the password, and the user has no second factor. An unknown address or user name costs
 * the same one hash as a wrong password, and gets the same answer. A hash that is weaker than new ones is replaced.
 * @throws {ValidationError} @throws {TooManyRequestsError} @throws {InvalidCredentialsError} @throws {HashingBusyError}
 * @throws {UserDisabledError} @throws {EmailNotConfirmedError} @throws {SignInRefusedError} all three only after a right password.
 */
export async function signIn(
  dependencies: SignInDependencies & Pick<Dependencies, 'limits' | 'passwords'>,
  attempt: SignIn,
): Promise<SignInResult> {
  const { password, client, now } = attempt
  const refused = (userId: string | null, reason: LoginFailReason) => {
    const context = eventContext({ userId, sessionId: null, client, now })
    dependencies.emit({ name: 'authn_login_fail', reason, ...context })
    return new InvalidCredentialsError()
  }
  const { known, check, origin } = await checkPassword(dependencies, attempt)
  if (known === null) throw refused(null, 'unknown_user')
  if (!check.isRight) throw refused(known.id, known.passwordHash === null ? 'no_password' : check.reason)

  let verified: Verified = { user: known, ...check }
  /** A concurrent sign-in may have replaced the hash with a better one of the same password. */
  async function verifyAgain(): Promise<readonly Proof[] | null> {
    const user = await dependencies.storage.users.find({ userId: verified.user.id })
    if (user === null) return null
    const again = await dependencies.passwords.check(password, user.passwordHash, origin)
    if (!again.isRight) return null
    verified = { user, ...again }
    return [{ kind: 'password', hash: again.hash }]
  }

  const proofs: readonly Proof[] = [{ kind: 'password', hash: check.hash }]
  const completing = { user: known, proofs, methods: ['password'], verifyAgain, client, now } as const
  const completion = await completeSignIn(dependencies, completing)
  if (completion.outcome !== 'signedIn' && completion.outcome !== 'secondFactorRequired')
    throw refused(known.id, 'password_changed_meanwhile')
  const sessionId = completion.outcome === 'signedIn' ? completion.issued.session.id : null
  const about = eventContext({ userId: known.id, sessionId, client, now })
  const passwordHash = await replaceHash(dependencies, { verified, about })
  if (completion.outcome === 'secondFactorRequired') {
    dependencies.emit({ name: 'authn_second_factor_due', ...about })
    const first = {
      firstMethod: 'password',
      firstFactor: passwordFactor(passwordHash),
      firstFactorExpiresAt: Infinity,
    } as const
    return { ...completion, user: known, ...first }
  }
  const { issued } = completion
  return { outcome: 'signedIn', issued: { ...issued, user: { ...issued.user, passwordHash } } }
}
