import { OptionInvalidError } from '../../../errors/index.js'
import { assertOptions, matching, trueOrFalse } from '../protocol/assert-options.js'
import {
  type ClientOptions,
  type ClientSecretOptions,
  clientRules,
  type NativeAppOptions,
  nativeAppRules,
  oidcSettings,
  secretRules,
} from '../protocol/client-options.js'
import { createOidcProvider } from '../protocol/oidc-provider.js'
import type { Provider } from '../provider.js'

/** The options of `microsoft`. */
export interface MicrosoftOptions extends ClientOptions, ClientSecretOptions, NativeAppOptions {
  /**
   * Accounts that can sign in: those of one tenant by its ID (a GUID), those of all organisations, personal ones, or all.
   * @default 'common'
   */
  readonly tenant?: string
  /**
   * Trusts the addresses of one tenant. An address counts as verified if the ID token has the optional claim `xms_edov`: the
   * tenant has proven that it owns the domain. Add the claim in "Token configuration". Not allowed with several tenants, whose
   * administrators can claim any address.
   * @default false
   * @see https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization
   */
  readonly vouchesForEmail?: boolean
}

const authority = 'https://login.microsoftonline.com'
const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad'
const severalTenants = ['common', 'organizations', 'consumers']

const rules = {
  ...clientRules,
  ...secretRules,
  ...nativeAppRules,
  tenant: matching(
    /^(?:common|organizations|consumers|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
    '"common", "organizations", "consumers" or the ID of a tenant, a GUID in lower case',
  ),
  vouchesForEmail: trueOrFalse,
}

/** Microsoft has sent `xms_edov` as a boolean, a number and a text. */
const confirmations: ReadonlySet<unknown> = new Set([true, 1, '1', 'true'])

/** Returns the issuer of a tenant. With several tenants, each token has its own. */
function issuerOf(tenant: string): string {
  if (tenant === 'consumers') return `${authority}/${personalTenant}/v2.0`
  return `${authority}/${severalTenants.includes(tenant) ? '{tenantid}' : tenant}/v2.0`
}

/**
 * Creates the provider Microsoft: Entra ID and personal accounts. In the Entra admin centre, register an application, add the
 * URL of the callback for the platform "Web", and create a client secret. The issuer of an identity has the ID of the user's
 * tenant. Microsoft verifies no addresses, so they count as unverified unless you trust one tenant.
 * @throws {OptionInvalidError} An option is missing, unknown or wrong.
 * @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 * @example
 * ```ts
 * import { microsoft } from 'fast-auth/providers'
 *
 * const provider = microsoft({
 *   tenant: '11111111-2222-3333-4444-555555555555',
 *   clientId: '66666666-7777-8888-9999-000000000000',
 *   clientSecret: 'abc8Q~…',
 * })
 * ```
 */
export function microsoft(options: MicrosoftOptions): Provider {
  assertOptions('microsoft', options, rules)
  const { clientSecret, tenant = 'common', vouchesForEmail = false } = options
  if (vouchesForEmail && severalTenants.includes(tenant))
    throw new OptionInvalidError(
      'The option "vouchesForEmail" of microsoft needs the option "tenant" with the ID of one tenant',
    )
  return createOidcProvider({
    ...oidcSettings('microsoft', options, { displayName: 'Microsoft', issuer: issuerOf(tenant) }),
    discoveryUrl: `${authority}/${tenant}/v2.0/.well-known/openid-configuration`,
    clientSecret,
    isEmailVerified: claims => vouchesForEmail && confirmations.has(claims.xms_edov),
    refusalOf: claims => (tenant === 'organizations' && claims.tid === personalTenant ? 'tenant' : null),
  })
}
