/** The client of a request, as far as the network shows it. */
export interface RequestOrigin {
  readonly ip: string | null
  readonly userAgent: string | null
  /** The request's id in the host's log. */
  readonly requestId: string | null
}

/** For calls by the application's own code or an administrator, without a request. */
export const noRequestOrigin: RequestOrigin = Object.freeze({ ip: null, userAgent: null, requestId: null })
