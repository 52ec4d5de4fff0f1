import type { FastifySchema } from 'fastify'
import type { OperationSchema } from '../../schemas/index.js'

/**
 * The access credential that a documented route needs: that of a session, or any. `public` routes read none: signing out and
 * refreshing read other tokens.
 */
export type CredentialNeeded = 'any' | 'session' | 'public'

/** Reads it from the `security` of the route's schema. */
export function credentialNeeded(schema: FastifySchema | undefined): CredentialNeeded {
  const { security = [] } = (schema ?? {}) as Partial<OperationSchema>
  // The cookie of a flow at a provider is no access credential.
  const schemes = security.map(requirement => Object.keys(requirement).filter(name => name !== 'providerFlowCookie'))
  if (schemes.length === 0 || schemes.some(({ length }) => length === 0)) return 'public'
  return schemes.flat().includes('apiKey') ? 'any' : 'session'
}
