import { useCallback, useMemo } from 'react'
import {
  AuthError,
  type AuthInvitation,
  type AuthMember,
  type AuthOrganization,
  type CurrentOrganization,
  type OperationInput,
  type OperationResult,
  type OperationSettings,
} from '../client/index.js'
import { useAuthClient } from './auth-provider.js'
import { type ReadPage, usePages } from './use-pages.js'
import { useSession } from './use-session.js'

/** The settings of `useOrganization`. */
export interface OrganizationSettings {
  /**
   * Reads the members of the current organisation. The user needs the role `admin`, unless the server lets members see them.
   * @default false
   */
  readonly members?: boolean
  /**
   * Reads the open invitations to the current organisation. The user needs the role `admin`.
   * @default false
   */
  readonly invitations?: boolean
}

type Requirement = 'FAST_AUTH_ORGANIZATION_REQUIRED'

type OperationInOrganization =
  | 'updateOrganization'
  | 'deleteOrganization'
  | 'changeMemberRole'
  | 'removeMember'
  | 'inviteMember'
  | 'revokeInvitation'

/** A function that acts in the current organisation. If there is none, it sends nothing. */
type InCurrent<Id extends OperationInOrganization> = (
  input: Omit<OperationInput<Id>, 'id'>,
  settings?: OperationSettings,
) => Promise<OperationResult<Id, Requirement>>

/** The organisations of the user, the one in which the session acts, and what changes them. */
export interface OrganizationState {
  /** The organisation in which the session acts, and the role of the user there; `null` if there is none. */
  readonly organization: CurrentOrganization
  /** The organisations of the user. `null` if no user is signed in, and until the server has answered. */
  readonly organizations: readonly AuthOrganization[] | null
  /** Reads the next page of `organizations`; `null` if there is none. */
  readonly moreOrganizations: (() => Promise<void>) | null
  /** The members of the current organisation. `null` until they are known, and if the user may not see them. */
  readonly members: readonly AuthMember[] | null
  /** Reads the next page of `members`; `null` if there is none. */
  readonly moreMembers: (() => Promise<void>) | null
  /** The open invitations to the current organisation. `null` until they are known, and if the user may not see them. */
  readonly invitations: readonly AuthInvitation[] | null
  /** Reads the next page of `invitations`; `null` if there is none. */
  readonly moreInvitations: (() => Promise<void>) | null
  /** Lets the session act in another organisation, or with `null` in none. */
  readonly switchTo: (organizationId: string | null) => Promise<OperationResult<'switchOrganization'>>
  /** Creates an organisation. The session goes on where it acts. */
  readonly create: (input: { readonly name: string }) => Promise<OperationResult<'createOrganization'>>
  /** Renames the current organisation. */
  readonly rename: InCurrent<'updateOrganization'>
  /** Ends the membership of the user in the current organisation. */
  readonly leave: () => Promise<OperationResult<'removeMember', Requirement>>
  /** Deletes the current organisation. Needs a recent sign-in, or `reauthenticate`. */
  readonly deleteOrganization: () => Promise<OperationResult<'deleteOrganization', Requirement>>
  readonly changeRole: InCurrent<'changeMemberRole'>
  readonly removeMember: InCurrent<'removeMember'>
  /** Mails an invitation. */
  readonly invite: InCurrent<'inviteMember'>
  readonly revokeInvitation: InCurrent<'revokeInvitation'>
}

/** Returns a function that calls the operation and, after a success, reads a list again. */
function thenReread<Parameters extends readonly unknown[], Result extends { readonly error?: unknown }>(
  reread: () => Promise<void>,
  operation: (...parameters: Parameters) => Promise<Result>,
): (...parameters: Parameters) => Promise<Result> {
  return async (...parameters) => {
    const result = await operation(...parameters)
    if (result.error === undefined) void reread()
    return result
  }
}

/**
 * Returns the organisations of the user, and the one in which the session acts. The component renders again when the session
 * switches or the role changes, in this tab or another.
 * @throws {Error} There is no `AuthProvider` above the component.
 * @example
 * ```tsx
 * import { useOrganization } from 'fast-auth/react'
 *
 * export function Switcher() {
 *   const { organization, organizations, switchTo } = useOrganization()
 *   return organizations?.map(({ id, name }) => (
 *     <button key={id} disabled={id === organization?.id} onClick={() => switchTo(id)}>
 *       {name}
 *     </button>
 *   ))
 * }
 * ```
 */
export function useOrganization({
  members = false,
  invitations = false,
}: OrganizationSettings = {}): OrganizationState {
  const client = useAuthClient()
  const { user, organization } = useSession()
  const userId = user?.id ?? ''
  const id = organization?.id ?? ''
  /** Changes when the session switches, and when the role changes. */
  const place = `${userId} ${id} ${organization?.role ?? ''}`

  const readOrganizations = useCallback<ReadPage<AuthOrganization>>(
    after => client.listOrganizations(after),
    [client, place],
  )
  const readMembers = useCallback<ReadPage<AuthMember>>(after => client.listMembers({ id, ...after }), [client, place])
  const readInvitations = useCallback<ReadPage<AuthInvitation>>(
    after => client.listInvitations({ id, ...after }),
    [client, place],
  )
  const owned = usePages(userId === '' ? null : readOrganizations, userId)
  const present = usePages(members && id !== '' ? readMembers : null, place)
  const open = usePages(invitations && id !== '' ? readInvitations : null, place)

  const operations = useMemo(() => {
    /** Adds the current organisation to the input. */
    function here<Id extends OperationInOrganization>(
      operation: (
        input: Omit<OperationInput<Id>, 'id'> & { readonly id: string },
        settings?: OperationSettings,
      ) => Promise<OperationResult<Id>>,
    ): InCurrent<Id> {
      return async (input, settings) => {
        const message = 'The session acts in no organisation'
        if (id === '') return { error: new AuthError<Requirement>('FAST_AUTH_ORGANIZATION_REQUIRED', message) }
        return operation({ ...input, id }, settings)
      }
    }
    const deleteOrganization = thenReread(owned.reread, here<'deleteOrganization'>(client.deleteOrganization))
    const leave = thenReread(owned.reread, here<'removeMember'>(client.removeMember))
    return {
      switchTo: (organizationId: string | null) => client.switchOrganization({ organizationId }),
      create: thenReread(owned.reread, (input: { readonly name: string }) => client.createOrganization(input)),
      rename: thenReread(owned.reread, here<'updateOrganization'>(client.updateOrganization)),
      leave: () => leave({ userId }),
      deleteOrganization: () => deleteOrganization({}),
      changeRole: thenReread(present.reread, here<'changeMemberRole'>(client.changeMemberRole)),
      removeMember: thenReread(present.reread, here<'removeMember'>(client.removeMember)),
      invite: thenReread(open.reread, here<'inviteMember'>(client.inviteMember)),
      revokeInvitation: thenReread(open.reread, here<'revokeInvitation'>(client.revokeInvitation)),
    }
  }, [client, id, userId, owned.reread, present.reread, open.reread])
  return {
    organization,
    organizations: owned.items,
    moreOrganizations: owned.more,
    members: present.items,
    moreMembers: present.more,
    invitations: open.items,
    moreInvitations: open.more,
    ...operations,
  }
}
