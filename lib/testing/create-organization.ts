import type { Organization } from '../../schemas/organizations/organization.js'
import { continuedUser, withRefreshToken } from './continued-user.js'
import type { InjectableApp } from './post.js'
import type { SignedInUser } from './signed-in-user.js'

/** The settings of `createOrganization`. */
export interface CreateOrganizationSettings {
  /**
   * Name of the organisation.
   * @default 'Analytical Engines'
   */
  readonly name?: string | undefined
  /**
   * The option `prefix`.
   * @default '/auth'
   */
  readonly prefix?: string | undefined
}

/** An organisation, and the user who has created it. */
export interface CreatedOrganization<User extends SignedInUser> {
  readonly organization: Organization
  /** The user, whose session acts in the organisation with the role `owner`. Use it instead of the one that you passed. */
  readonly owner: User
}

/**
 * Creates an organisation, and lets the session of its owner act in it.
 * @param app application with fast-auth and the option `organizations`
 * @param user result of `signUpUser`, `signInUser` or another function that signs in
 * @throws {Error} A request was refused. The message has the status and the code.
 * @example
 * ```ts
 * import { createOrganization, signUpUser } from 'fast-auth/testing'
 *
 * const { organization, owner } = await createOrganization(app, await signUpUser(app), { name: 'Engines' })
 * const response = await owner.inject(`/organizations/${organization.id}/reports`)
 * ```
 */
export async function createOrganization<User extends SignedInUser>(
  app: InjectableApp,
  user: User,
  { name = 'Analytical Engines', prefix = '/auth' }: CreateOrganizationSettings = {},
): Promise<CreatedOrganization<User>> {
  const url = `${prefix}/organizations`
  const created = await user.inject({ method: 'POST', url, payload: { name } })
  if (created.statusCode !== 201)
    throw new Error(`createOrganization answered ${created.statusCode}: ${created.json().code}`)
  const organization = created.json<Organization>()
  const payload = withRefreshToken(user, { organizationId: organization.id })
  const switched = await user.inject({ method: 'POST', url: `${url}/current`, payload })
  const owner = continuedUser(app, user, 'switchOrganization', switched)
  return { organization: { ...organization, current: true }, owner }
}
