import type { AccountEvent } from './account-events.js'
import type { OperationEvent } from './operation-events.js'
import type { OrganizationEvent } from './organization-events.js'
import type { SignInEvent } from './sign-in-events.js'
import type { TokenEvent } from './token-events.js'

/**
 * A security event of an account, or of a component that protects all accounts. Named after the OWASP Application Logging
 * Vocabulary, as far as it has a name.
 */
export type AuthEvent = AccountEvent | SignInEvent | TokenEvent | OrganizationEvent | OperationEvent

/** The name of an event. */
export type AuthEventName = AuthEvent['name']

/** The reasons of events: why something failed, ended or was created. */
export type AuthEventReason = NonNullable<AuthEvent['reason']>

/** Why a sign-in was refused. */
export type LoginFailReason = Extract<AuthEvent, { readonly name: 'authn_login_fail' }>['reason']

/** The names of the limits. */
export type LimitName = Extract<AuthEvent, { readonly name: 'rate_limited' }>['reason']
