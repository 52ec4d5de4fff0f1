/** Who asks, as far as the network tells. */
export interface RequestOrigin {
  readonly ip: string | null
  readonly userAgent: string | null
  /** What the host's log calls the request. */
  readonly requestId: string | null
}

/** Where no request asks, but the application's own code or an operator. */
export const noRequestOrigin: RequestOrigin = Object.freeze({ ip: null, userAgent: null, requestId: null })
