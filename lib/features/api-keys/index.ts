import { apiKeySchemas } from '../../../schemas/api-keys/index.js'
import { defineFeature } from '../define-feature.js'
import { createApiKeyCache } from './api-key-cache.js'
import { createApiKeyUses } from './api-key-uses.js'
import { authenticateApiKey } from './authenticate-api-key.js'
import { createApiKeyRoute } from './create-api-key.route.js'
import { deleteApiKeyRoute } from './delete-api-key.route.js'
import type { OwnDependencies } from './dependencies.js'
import { introspectApiKey } from './introspect-api-key.js'
import { listApiKeysRoute } from './list-api-keys.route.js'
import type { ResolvedApiKeyOptions } from './options.js'
import { type ApiKeyStore, apiKeyMethods } from './port.js'
import { rollApiKeyRoute } from './roll-api-key.route.js'

/** Minimum interval between two writes of a key's last use. */
const writeUsesEverySeconds = 60

interface Options {
  readonly apiKeys: ResolvedApiKeyOptions | false
  uptime(): number
}

/** API keys: bearer tokens of programs, with scopes. */
export const apiKeys = defineFeature<Options, { readonly apiKeys?: ApiKeyStore }, OwnDependencies>({
  name: 'api-keys',
  isOn: options => options.apiKeys !== false,
  schemas: apiKeySchemas,
  storageMethods: apiKeyMethods,
  routes: [createApiKeyRoute, listApiKeysRoute, rollApiKeyRoute, deleteApiKeyRoute],

  compose({ options: { apiKeys: options, uptime }, storage, log }) {
    const { rememberSeconds, rememberedKeys, ...settings } = options as ResolvedApiKeyOptions
    const { defaultLifetimeSeconds = null, maximumLifetimeSeconds = null } = settings
    const apiKeyStore = storage.apiKeys as ApiKeyStore
    const verified = createApiKeyCache({ rememberSeconds, maximumSize: rememberedKeys, uptime })
    const uses = createApiKeyUses({
      apiKeys: apiKeyStore,
      everySeconds: writeUsesEverySeconds,
      onFailure: error => log.error({ err: error }, 'fast-auth: the last uses of API keys were not written'),
    })
    const own = {
      apiKeyStore,
      apiKeys: { ...settings, defaultLifetimeSeconds, maximumLifetimeSeconds, verified, uses },
    }
    return {
      own,
      forgetApiKeys: verified.forget,
      credential(dependencies) {
        // Joined once, not for each request.
        const all = { ...dependencies, ...own }
        return {
          isOfThisKind: token => token.startsWith(settings.prefix),
          authenticate: presented => authenticateApiKey(all, presented),
          introspect: (key, now) => introspectApiKey(all, { key, now }),
        }
      },
      // Also writes what the last requests added.
      component: { beforeClose: uses.flush, close: uses.flush },
    }
  },
})
