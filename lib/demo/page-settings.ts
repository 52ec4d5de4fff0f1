const {
  authUrl = '/auth',
  tokenMode,
  secondFactor,
  passkeys,
  mailedCodes,
  organizations,
  providers = '[]',
} = document.body.dataset

/** A provider with which users can sign in. */
interface NamedProvider {
  readonly name: string
  readonly displayName: string
}

const namedProviders: readonly NamedProvider[] = JSON.parse(providers)

/** The settings that the server has put into the page. */
export const pageSettings = {
  authUrl,
  tokenMode: tokenMode === 'access-only' || tokenMode === 'sliding' ? tokenMode : 'pair',
  secondFactor,
  hasPasskeys: passkeys === 'on',
  hasMailedCodes: mailedCodes === 'on',
  hasOrganizations: organizations === 'on',
  providers: namedProviders,
} as const
