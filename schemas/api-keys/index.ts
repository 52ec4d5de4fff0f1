import { ApiKey, NewApiKey } from './api-key.js'
import { CreateApiKeyBody } from './create-api-key.js'
import { ApiKeyList } from './list-api-keys.js'
import { RollApiKeyBody } from './roll-api-key.js'

/** The schemas of API keys with a name in the OpenAPI document. */
export const apiKeySchemas = [ApiKey, NewApiKey, ApiKeyList, CreateApiKeyBody, RollApiKeyBody] as const

export { ApiKey, NewApiKey } from './api-key.js'
export { CreateApiKeyBody, createApiKey } from './create-api-key.js'
export { DeleteApiKeyParams, deleteApiKey } from './delete-api-key.js'
export { ApiKeyList, ListApiKeysQuery, listApiKeys } from './list-api-keys.js'
export { RollApiKeyBody, RollApiKeyParams, rollApiKey } from './roll-api-key.js'
