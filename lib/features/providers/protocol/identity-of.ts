import { canonicalEmail } from '../../../mail/canonical-email.js'
import type { ProviderIdentity, ProviderProfile } from '../provider.js'
import { InvalidAnswerError } from './provider-errors.js'

/** What a provider says about a user, as it stands in its answer. */
interface Statements {
  readonly issuer: string
  readonly subject: unknown
  readonly email: unknown
  /** Whether the provider is trusted with addresses, and says that this one belongs to the user. */
  readonly isEmailVerified: boolean
  readonly isPrivateEmail: boolean
  readonly profile: Readonly<Record<keyof ProviderProfile, unknown>>
}

const longestSubject = 255
const longest: Readonly<Record<keyof ProviderProfile, number>> = {
  name: 200,
  givenName: 200,
  familyName: 200,
  picture: 2048,
  locale: 35,
}

/** Returns text without control characters and lone surrogates, up to a length; `null` for everything else. */
function textIn(value: unknown, maximum: number): string | null {
  if (typeof value !== 'string') return null
  const text = value.trim()
  const isText = text !== '' && text.length <= maximum && text.isWellFormed() && !/\p{Cc}/u.test(text)
  return isText ? text : null
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:'
}

function profileOf(statements: Statements['profile']): ProviderProfile {
  const names = Object.keys(longest) as (keyof ProviderProfile)[]
  const texts = names.map(name => [name, textIn(statements[name], longest[name])] as const)
  return Object.fromEntries(texts.filter(([name, text]) => text !== null && (name !== 'picture' || isHttps(text))))
}

/**
 * Returns the identity that a provider's statements mean. Texts that are too long or ill-formed are left out; an address that
 * fast-auth would not accept from a user is `null`.
 * @throws {InvalidAnswerError} The subject is not text of 1 to 255 characters.
 */
export function identityOf(statements: Statements): ProviderIdentity {
  const { issuer, isEmailVerified, isPrivateEmail } = statements
  const subject = textIn(statements.subject, longestSubject)
  if (subject === null || subject !== statements.subject) throw new InvalidAnswerError('subject')
  const email = typeof statements.email === 'string' ? canonicalEmail(statements.email.trim()) : null
  return {
    issuer,
    subject,
    email,
    isEmailVerified: email !== null && isEmailVerified,
    isPrivateEmail: email !== null && isPrivateEmail,
    profile: profileOf(statements.profile),
  }
}
