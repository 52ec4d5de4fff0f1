/** Who asks, as far as the network tells. */
export interface Client {
  readonly ip: string | null
  readonly userAgent: string | null
  /** What the host's log calls the request. */
  readonly requestId: string | null
}
