import { randomUUID } from 'node:crypto'
import type { Invitation, InvitationPreview } from '../../schemas/organizations/invitation.js'
import type { Mailbox } from './confirm-user.js'
import { continuedUser, withRefreshToken } from './continued-user.js'
import { linksIn } from './mailed-token.js'
import type { InjectableApp } from './post.js'
import { type SignUpSettings, signUpUser } from './sign-up-user.js'
import type { SignedInUser, SignedInWithTokens } from './signed-in-user.js'

/** The invitation of `addMember`. */
export interface InvitedMember {
  /** The id of the organisation. */
  readonly organizationId: string
  /** A member who may invite: the `owner` of `createOrganization`, for example. */
  readonly by: Pick<SignedInUser, 'inject'>
  /** The option `email.sender` of the application. */
  readonly mailbox: Mailbox
  /**
   * Role of the new member.
   * @default 'member'
   */
  readonly role?: string | undefined
}

/** The settings of `addMember` for a new user: those of `signUpUser`, and the invitation. */
export interface NewMemberSettings extends InvitedMember, Omit<SignUpSettings, 'mailbox' | 'invitationToken'> {
  readonly user?: undefined
}

/** The settings of `addMember` for a user who is signed in. */
export interface ExistingMemberSettings<User extends SignedInUser> extends InvitedMember {
  /** The invited user. The session then acts in the organisation. */
  readonly user: User
  /**
   * The option `prefix`.
   * @default '/auth'
   */
  readonly prefix?: string | undefined
}

async function invited(
  { by, organizationId, role }: InvitedMember,
  email: string,
  prefix: string,
): Promise<Invitation> {
  const url = `${prefix}/organizations/${organizationId}/invitations`
  const answer = await by.inject({ method: 'POST', url, payload: { email, role: role ?? 'member' } })
  if (answer.statusCode !== 202) throw new Error(`inviteMember answered ${answer.statusCode}: ${answer.json().code}`)
  return answer.json()
}

/** Returns the token of the message with this invitation. Skips other messages, such as those of a sign-up. */
async function mailedToken(
  app: InjectableApp,
  { email, role, expiresAt }: Invitation,
  mailbox: Mailbox,
  prefix: string,
): Promise<string> {
  for (;;) {
    for (const link of linksIn(await mailbox.waitForMessage(email))) {
      const [, token] = /#token=([\w-]+)/.exec(link) ?? []
      const url = `${prefix}/invitations/preview`
      const answer = await app.inject({ method: 'POST', url, payload: { token } })
      const preview = answer.json<Partial<InvitationPreview>>()
      if (token !== undefined && preview.role === role && preview.expiresAt === expiresAt) return token
    }
  }
}

/**
 * Invites a user to an organisation, reads the message and accepts. Without `user`, it signs a new user up.
 * @param app application with fast-auth and the option `organizations`
 * @returns the member, whose session acts in the organisation
 * @throws {Error} A request was refused; the message has the status and the code, and never a password or token. Or no message came.
 * @example
 * ```ts
 * import { memorySender } from 'fast-auth/email'
 * import { addMember, createOrganization, signUpUser } from 'fast-auth/testing'
 *
 * const mailbox = memorySender() // the option email.sender of the app
 * const { organization, owner } = await createOrganization(app, await signUpUser(app))
 * const organizationId = organization.id
 * const admin = await addMember(app, { organizationId, by: owner, mailbox, role: 'admin' })
 * const response = await admin.inject('/reports')
 * ```
 */
export function addMember<User extends SignedInUser>(
  app: InjectableApp,
  settings: ExistingMemberSettings<User>,
): Promise<User>
export function addMember(
  app: InjectableApp,
  settings: NewMemberSettings & { readonly transport: 'cookie' },
): Promise<SignedInUser>
export function addMember(
  app: InjectableApp,
  settings: NewMemberSettings & { readonly transport?: 'token' | undefined },
): Promise<SignedInWithTokens>
export async function addMember(
  app: InjectableApp,
  settings: ExistingMemberSettings<SignedInUser> | NewMemberSettings,
): Promise<SignedInUser> {
  const { mailbox, prefix = '/auth' } = settings
  if (settings.user !== undefined) {
    const invitation = await invited(settings, settings.user.email, prefix)
    const token = await mailedToken(app, invitation, mailbox, prefix)
    const url = `${prefix}/invitations/accept`
    const accepted = await settings.user.inject({
      method: 'POST',
      url,
      payload: withRefreshToken(settings.user, { token }),
    })
    return continuedUser(app, settings.user, 'acceptInvitation', accepted)
  }
  const { email = `user-${randomUUID()}@example.com`, password, username, profile, transport = 'token' } = settings
  const invitation = await invited(settings, email, prefix)
  const invitationToken = await mailedToken(app, invitation, mailbox, prefix)
  const account = { email, password, username, profile, prefix, invitationToken }
  return transport === 'token' ? signUpUser(app, account) : signUpUser(app, { ...account, transport })
}
