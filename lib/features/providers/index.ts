import { AnyProfile } from '../../../schemas/accounts/any-profile.js'
import { providerSchemas } from '../../../schemas/providers/index.js'
import { defineFeature } from '../define-feature.js'
import type { OwnDependencies } from './dependencies.js'
import { finishProviderSignInRoute } from './finish-provider-sign-in.route.js'
import { finishProviderSignUpRoute } from './finish-provider-sign-up.route.js'
import { createIdentityProofs } from './identity-proofs.js'
import { linkIdentityRoute } from './link-identity.route.js'
import { listIdentitiesRoute } from './list-identities.route.js'
import type { ProviderSettings } from './options.js'
import { type IdentityStore, type ProviderFlowStore, providerMethods } from './port.js'
import { receiveProviderFormRoute } from './receive-provider-form.route.js'
import { redeemProviderCodeRoute } from './redeem-provider-code.route.js'
import { signInWithIdTokenRoute } from './sign-in-with-id-token.route.js'
import { startProviderSignInRoute } from './start-provider-sign-in.route.js'
import { unlinkIdentityRoute } from './unlink-identity.route.js'

interface Options {
  /** `null`: there are no other providers. */
  readonly identities: ProviderSettings | null
  readonly profileSchema?: object | undefined
  sleep(milliseconds: number): Promise<void>
  clock(): number
}

interface Stores {
  readonly identities?: IdentityStore
  readonly providerFlows?: ProviderFlowStore
}

/** The providers of an application that has some. */
const providersOf = ({ identities }: Pick<Options, 'identities'>) => (identities as ProviderSettings).providers

const requiresProfile = ({ profileSchema }: Pick<Options, 'profileSchema'>): boolean =>
  (Object(profileSchema).required ?? []).length > 0

/** The document of fast-auth has `AnyProfile` in the place of schemas that may require fields. */
const mayRequireProfile = (options: Pick<Options, 'profileSchema'>): boolean =>
  options.profileSchema === AnyProfile || requiresProfile(options)

/** Sign-in with other providers: OpenID Connect and OAuth 2.0. */
export const providers = defineFeature<Options, Stores, OwnDependencies>({
  name: 'providers',
  isOn: options => options.identities !== null,
  schemas: providerSchemas,
  storageMethods: providerMethods,
  routes: [
    startProviderSignInRoute,
    finishProviderSignInRoute,
    {
      route: receiveProviderFormRoute,
      isOn: options => providersOf(options).some(({ responseMode }) => responseMode === 'form_post'),
    },
    redeemProviderCodeRoute,
    {
      route: signInWithIdTokenRoute,
      isOn: options => providersOf(options).some(({ acceptsIdTokens }) => acceptsIdTokens),
    },
    { route: finishProviderSignUpRoute, isOn: mayRequireProfile },
    listIdentitiesRoute,
    linkIdentityRoute,
    unlinkIdentityRoute,
  ],

  compose({ options, storage, sealer, routesPath, origins, isProduction }) {
    const { identities: settings, clock, sleep } = options
    const providerSettings = settings as ProviderSettings
    const identities = storage.identities as IdentityStore
    const ownOrigin = origins.own as string
    const connected = providerSettings.providers.map(provider => {
      const redirectUri = `${ownOrigin}${routesPath}/providers/${provider.name}/callback`
      return [provider.name, { provider, client: provider.connect({ redirectUri, isProduction, clock }) }] as const
    })
    const own = {
      identities,
      providerFlows: storage.providerFlows as ProviderFlowStore,
      providerSettings,
      connectedProviders: new Map(connected),
      returnPlaces: { ownOrigin, origins: origins.all },
      sealer,
      needsProfile: requiresProfile(options),
      routesPath,
      sleep,
    }
    return { own, proofs: () => createIdentityProofs({ identities }) }
  },
})
