import type { TSchema } from '@sinclair/typebox'

/** The `schema` of a route. The OpenAPI document is generated from it. */
export interface OperationSchema {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  /** OpenAPI security requirements; an empty list if there are none. */
  readonly security: readonly Record<string, readonly string[]>[]
  readonly params?: TSchema
  readonly querystring: TSchema
  readonly body?: TSchema
  readonly response: Record<number, TSchema>
}

/** The `security` of routes that require a session. */
export const signedIn = [{ accessCookie: [] }, { accessToken: [] }] as const

/** The `security` of routes that require a session or an API key. */
export const signedInOrApiKey = [...signedIn, { apiKey: [] }] as const
