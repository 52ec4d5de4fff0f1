const {
  authUrl = '/auth',
  tokenMode,
  secondFactor,
  passkeys,
  mailedCodes,
  roles = '[]',
  providers = '[]',
} = document.body.dataset

/** A provider with which users can sign in. */
interface NamedProvider {
  readonly name: string
  readonly displayName: string
}

const namedProviders: readonly NamedProvider[] = JSON.parse(providers)

/** A role in organisations. */
interface NamedRole {
  readonly name: string
  /** Whether it may manage members and invitations. */
  readonly isManager: boolean
}

const namedRoles: readonly NamedRole[] = JSON.parse(roles)

/** The settings that the server has put into the page. */
export const pageSettings = {
  authUrl,
  tokenMode: tokenMode === 'access-only' || tokenMode === 'sliding' ? tokenMode : 'pair',
  secondFactor,
  hasPasskeys: passkeys === 'on',
  hasMailedCodes: mailedCodes === 'on',
  /** Whether the server has organisations. */
  hasOrganizations: namedRoles.length > 0,
  /** The names of all roles in organisations. */
  roles: namedRoles.map(({ name }) => name),
  /** The roles that may manage members and invitations. */
  managers: namedRoles.filter(({ isManager }) => isManager).map(({ name }) => name),
  providers: namedProviders,
} as const
