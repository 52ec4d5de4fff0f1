import type { TSchema } from '@sinclair/typebox'

/** What a route file hands to Fastify as `schema`, and what the OpenAPI document is made of. */
export interface OperationSchema {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  /** OpenAPI security requirements; an empty list: none. */
  readonly security: readonly Record<string, readonly string[]>[]
  readonly params?: TSchema
  readonly querystring: TSchema
  readonly body?: TSchema
  readonly response: Record<number, TSchema>
}

/** The credentials of a signed-in person, for `security`. */
export const signedIn = [{ accessCookie: [] }, { accessToken: [] }] as const

/** The credentials of a signed-in person, and of a program. */
export const signedInOrApiKey = [...signedIn, { apiKey: [] }] as const
