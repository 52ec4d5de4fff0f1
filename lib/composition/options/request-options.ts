import { Type } from '@sinclair/typebox'

/** Conditions and time limits of requests. */
export const RequestOptions = Type.Object({
  /**
   * Requires that users confirm their addresses before they can sign in. Requires `email`.
   * @default false
   */
  requireEmailConfirmation: Type.Optional(Type.Boolean({ default: false })),
  /**
   * Serves the pages that mailed links open. Set it to `false` if all of `email.links` point to your own pages.
   * @default true
   */
  pages: Type.Optional(Type.Boolean({ default: true })),
  /**
   * Maximum duration of a storage call, in seconds. If it is exceeded, the request gets 503.
   * @default 5
   */
  storageTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, default: 5 })),
  /**
   * Maximum time for the body of a request to the routes of fast-auth, in seconds, from the end of its headers. If it is
   * exceeded, the request gets 408, and its connection is closed.
   * @default 30
   */
  bodyTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 300, default: 30 })),
  /**
   * Migrates the tables of the storage to the current version before the first request. Set it to `false` if
   * `fast-auth migrate` runs before each deployment.
   * @default true
   */
  migrate: Type.Optional(Type.Boolean({ default: true })),
})
