/** Who asks, as far as the network tells. */
export interface Client {
  readonly ip: string | null
  readonly userAgent: string | null
}
