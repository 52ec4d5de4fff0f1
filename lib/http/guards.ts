import type { onRequestHookHandler } from 'fastify'
import {
  InsufficientScopeError,
  OptionInvalidError,
  RecentSignInRequiredError,
  SecondFactorRequiredError,
  SecondFactorSetupRequiredError,
} from '../errors/index.js'
import type { Authentication, Authenticator } from './authentication.js'
import { sessionOf } from './current-user.js'
import { type Asking, type Check, type GuardDocument, guard, plain } from './guard.js'
import { refusingHooks } from './guard-factories.js'
import { askingInOrganization, checkRole, rolesFor } from './organization-guards.js'
import type { EmitRefusal } from './refusal-events.js'
import type { RoleSource } from './role-source.js'

export { currentSession, currentUser } from './current-user.js'
export { currentOrganization } from './guard.js'

/**
 * Fastify hooks that let a request pass, or answer it with 401 or 403. They work in `onRequest` and `preHandler`. Each call checks
 * the current state: a guard that is called again in a long request refuses a session that has ended meanwhile.
 */
export interface Guards {
  /**
   * Accepts signed-in users and API keys, and sets `request.user`. Other requests get 401.
   * @example
   * ```ts
   * app.get('/reports', { onRequest: app.fastAuth.authenticate }, async request => currentUser(request).id)
   * ```
   */
  readonly authenticate: onRequestHookHandler
  /**
   * Accepts every request. `request.user` is `null` without a credential. An invalid `Authorization` header still gets 401.
   * @example
   * ```ts
   * app.get('/', { onRequest: app.fastAuth.authenticateOptional }, async ({ user }) => (user === null ? 'Hello' : user.email))
   * ```
   */
  readonly authenticateOptional: onRequestHookHandler
  /**
   * Accepts signed-in users, but no API keys, for actions that only a person may do. API keys get 403.
   * @example
   * ```ts
   * app.delete('/team', { onRequest: app.fastAuth.requireSession }, async (_request, reply) => reply.code(204).send())
   * ```
   */
  readonly requireSession: onRequestHookHandler
  /**
   * Creates a guard that accepts API keys with all of the scopes. Other API keys get 403. A signed-in user has every scope.
   * @param scopes names of the option `apiKeys.scopes`
   * @example
   * ```ts
   * app.get('/reports', { onRequest: app.fastAuth.requireScopes('reports:read') }, async () => [])
   * ```
   * @see RFC 6750, section 3.1 (insufficient_scope)
   */
  requireScopes(...scopes: [string, ...string[]]): onRequestHookHandler
  /**
   * Creates a guard that accepts users who proved who they are at most `maxAgeSeconds` ago: at their sign-in or with
   * `reauthenticate`. A refresh does not count. Other users, and API keys, get 403.
   * @param limit maximum age of the last proof, in seconds
   * @throws {OptionInvalidError} `maxAgeSeconds` is missing or negative.
   * @example
   * ```ts
   * app.post('/payout', { onRequest: app.fastAuth.requireRecentSignIn({ maxAgeSeconds: 300 }) }, async () => 'done')
   * ```
   * @see OWASP ASVS 5.0, 7.5.3
   */
  requireRecentSignIn(limit: { readonly maxAgeSeconds: number }): onRequestHookHandler
  /**
   * Creates a guard that accepts users whose session has a second factor: a code, a recovery code or a passkey. Other users, and
   * API keys, get 403. Needs the option `secondFactor` or `passkeys`.
   * @param limit if given, maximum age of the last proof, in seconds: the sign-in or `reauthenticate`
   * @throws {OptionInvalidError} Neither option is set, or `maxAgeSeconds` is negative.
   * @example
   * ```ts
   * app.post('/transfer', { onRequest: app.fastAuth.requireSecondFactor({ maxAgeSeconds: 300 }) }, async () => 'done')
   * ```
   * @see OWASP ASVS 5.0, 7.5.3
   */
  requireSecondFactor(limit?: { readonly maxAgeSeconds?: number }): onRequestHookHandler
  /**
   * Creates a guard that accepts members of an organisation, and API keys of it. If the path of the route has the parameter
   * `:organizationId`, it is that one, otherwise the one in which the session acts. `request.user.organization` names it. Users who
   * are not members get 404, sessions that act in none 403. Needs the option `organizations`.
   * @throws {OptionInvalidError} The option is not set.
   * @example
   * ```ts
   * app.get('/:organizationId/invoices', { onRequest: app.fastAuth.requireOrganization() }, async request => currentOrganization(request))
   * ```
   * @see OWASP ASVS 5.0, 8.2.2
   */
  requireOrganization(): onRequestHookHandler
  /**
   * Creates a guard that accepts what `requireOrganization` accepts, if the user has this role in the organisation, or one that may
   * do more. A built-in role also accepts the roles that are like it. Other members get 403. Needs the option `organizations`.
   * @param role `owner`, `admin`, `member`, or a name of the option `organizations.roles`
   * @throws {OptionInvalidError} The option is not set, or the application has no such role.
   * @example
   * ```ts
   * app.put('/:organizationId/plan', { onRequest: app.fastAuth.requireRole('admin') }, async () => 'changed')
   * ```
   * @see OWASP ASVS 5.0, 8.2.1
   */
  requireRole(role: string): onRequestHookHandler
}

/** Guards of the routes with which a user sets up the second factor that the application requires. */
export interface SetupGuards {
  /** As `requireSession`, but also accepts sessions that lack a required second factor. */
  readonly requireSession: onRequestHookHandler
  /** As `requireRecentSignIn`, but also accepts sessions that lack a required second factor. */
  requireRecentSignIn(limit: { readonly maxAgeSeconds: number }): onRequestHookHandler
}

/** @throws {OptionInvalidError} */
function assertAge(name: string, maxAgeSeconds: number): void {
  if (maxAgeSeconds >= 0) return
  throw new OptionInvalidError(`${name} of fast-auth needs { maxAgeSeconds }, a number of seconds`)
}

export interface GuardSettings {
  readonly authenticator: Authenticator
  readonly emitRefusal: EmitRefusal
  /** Whether users may have a second factor, or must. */
  readonly secondFactor: 'off' | 'offered' | 'required'
  /** Whether a session can have a second factor. */
  readonly hasSecondFactors: boolean
  /** `null`: the application has no organisations. */
  readonly roles: RoleSource | null
  clock(): number
}

/** Creates the guards, and those of the routes that set up a second factor. */
export function createGuards({
  authenticator: { authenticate, authenticateOptional },
  emitRefusal,
  secondFactor,
  hasSecondFactors,
  roles,
  clock,
}: GuardSettings): { readonly guards: Guards; readonly setupGuards: SetupGuards } {
  const guarding = (asking: Asking, check: Check, document: GuardDocument) =>
    guard(asking, check, { document, emitRefusal })

  function refuseBeforeSetup({ user, hasSecondFactor }: Authentication): void {
    if (secondFactor === 'required' && user.via === 'session' && !hasSecondFactor)
      throw new SecondFactorSetupRequiredError()
  }

  /** Checks first that the session has the second factor, if the application requires one. */
  const complete =
    (check: Check): Check =>
    authentication => {
      refuseBeforeSetup(authentication)
      check(authentication)
    }

  const checkSession: Check = ({ user }) => void sessionOf(user)

  function checkAge(maxAgeSeconds: number): Check {
    return ({ user, authenticatedAt }) => {
      sessionOf(user)
      if (clock() - Number(authenticatedAt) > maxAgeSeconds * 1000) throw new RecentSignInRequiredError()
    }
  }

  const anyone = { ...plain, setup: secondFactor === 'required' }
  const session = { ...anyone, session: true }
  const recent = { ...session, recent: true }

  return {
    guards: refusingHooks({
      authenticate: guarding(
        authenticate,
        complete(() => {}),
        anyone,
      ),
      authenticateOptional: guarding(
        authenticateOptional,
        complete(() => {}),
        { ...anyone, optional: true },
      ),
      requireSession: guarding(authenticate, complete(checkSession), session),

      requireScopes(...scopes) {
        const check: Check = ({ user }) => {
          if (user.via === 'apiKey' && !scopes.every(scope => user.scopes.includes(scope)))
            throw new InsufficientScopeError()
        }
        return guarding(authenticate, complete(check), { ...anyone, scopes })
      },

      requireRecentSignIn({ maxAgeSeconds }) {
        assertAge('requireRecentSignIn', maxAgeSeconds)
        return guarding(authenticate, complete(checkAge(maxAgeSeconds)), recent)
      },

      requireSecondFactor({ maxAgeSeconds = Number.POSITIVE_INFINITY } = {}) {
        assertAge('requireSecondFactor', maxAgeSeconds)
        if (!hasSecondFactors)
          throw new OptionInvalidError('requireSecondFactor of fast-auth needs the option "secondFactor" or "passkeys"')
        const check: Check = authentication => {
          sessionOf(authentication.user)
          const age = clock() - Number(authentication.authenticatedAt)
          if (!authentication.hasSecondFactor || age > maxAgeSeconds * 1000) throw new SecondFactorRequiredError()
        }
        return guarding(authenticate, complete(check), { ...session, secondFactor: true })
      },

      requireOrganization() {
        const asking = askingInOrganization({ authenticate, emitRefusal }, rolesFor('requireOrganization', roles))
        return guarding(
          asking,
          complete(() => {}),
          { ...anyone, organization: true },
        )
      },

      requireRole(role, ...others: unknown[]) {
        const source = rolesFor('requireRole', roles)
        const check = checkRole(source, role, others)
        const document = { ...anyone, organization: true, role: true }
        return guarding(askingInOrganization({ authenticate, emitRefusal }, source), complete(check), document)
      },
    }),

    setupGuards: {
      requireSession: guarding(authenticate, checkSession, { ...session, setup: false }),
      requireRecentSignIn: ({ maxAgeSeconds }) =>
        guarding(authenticate, checkAge(maxAgeSeconds), { ...recent, setup: false }),
    },
  }
}
