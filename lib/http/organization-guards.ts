import type { FastifyRequest } from 'fastify'
import {
  OptionInvalidError,
  OrganizationNotFoundError,
  OrganizationRequiredError,
  RoleRequiredError,
} from '../errors/index.js'
import type { Authentication, Authenticator } from './authentication.js'
import { uuid } from './compiled-schemas.js'
import type { Asking, Check } from './guard.js'
import { misnamedOrganization, misnamedProblem } from './organization-path.js'
import type { EmitRefusal } from './refusal-events.js'
import type { RoleSource } from './role-source.js'

/**
 * Returns the organisation that the path of a route names in its parameter `organizationId`.
 * @throws {OptionInvalidError} The path seems to name it by another parameter. The start refuses such routes, but does not see the
 * guards that a scope adds with `addHook`.
 */
function organizationInPath({ params, routeOptions: { url = '' } }: FastifyRequest): string | null {
  const id: unknown = Reflect.get(Object(params), 'organizationId')
  if (typeof id === 'string') return id.toLowerCase()
  const misnamed = misnamedOrganization(url)
  if (misnamed !== undefined) throw new OptionInvalidError(misnamedProblem(url, misnamed))
  return null
}

interface AskingDependencies extends Pick<Authenticator, 'authenticate'> {
  readonly emitRefusal: EmitRefusal
}

/**
 * Creates a function that authenticates a request and determines its organisation: that of the path, or else that of the
 * credential. If they are the same, or the path names none, it makes no storage call. An API key acts only in its own organisation.
 */
export function askingInOrganization({ authenticate, emitRefusal }: AskingDependencies, roles: RoleSource): Asking {
  /** Emits the refusal with its user: later only the error is known. */
  function refusal(request: FastifyRequest, { user }: Authentication, error: Error): Error {
    emitRefusal(request, error, user.id)
    return error
  }

  async function inPath(request: FastifyRequest, authentication: Authentication, id: string): Promise<Authentication> {
    const { user } = authentication
    const role = user.via === 'session' && uuid.test(id) ? await roles.roleIn(id, user.id) : null
    if (role === null) throw refusal(request, authentication, new OrganizationNotFoundError())
    return { ...authentication, user: { ...user, organization: { id, role } } }
  }

  function located(request: FastifyRequest, authentication: Authentication): Authentication | Promise<Authentication> {
    const current = authentication.user.organization ?? null
    const named = organizationInPath(request)
    if (named !== null && named !== current?.id) return inPath(request, authentication, named)
    if (current === null) throw refusal(request, authentication, new OrganizationRequiredError())
    return authentication
  }

  return request => {
    const found = authenticate(request)
    return found instanceof Promise
      ? found.then(authentication => located(request, authentication))
      : located(request, found)
  }
}

/** Returns the roles. @throws {OptionInvalidError} The application has no organisations. */
export function rolesFor(guard: string, roles: RoleSource | null): RoleSource {
  if (roles !== null) return roles
  throw new OptionInvalidError(`${guard} of fast-auth needs the option "organizations"`)
}

/**
 * Creates a check of the role in the organisation.
 * @param others what JavaScript has given beside the one role
 * @throws {OptionInvalidError} The application has no such role, or there are several.
 */
export function checkRole(roles: RoleSource, role: string, others: readonly unknown[]): Check {
  if (!roles.roles.includes(role) || others.length > 0)
    throw new OptionInvalidError(`requireRole of fast-auth needs one of the roles ${roles.roles.join(', ')}`)
  return ({ user: { organization } }) => {
    if (!organization || !roles.suffices(organization.role, role)) throw new RoleRequiredError()
  }
}
