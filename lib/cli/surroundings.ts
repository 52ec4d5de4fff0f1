/** What a command needs of the process that it runs in. `process` itself is one. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: AsyncIterable<string | Uint8Array>
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
  /** The working directory: where `.env`, the SQLite file and the development secret are. */
  cwd(): string
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
}
