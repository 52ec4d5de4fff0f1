/** The part of the process that a command needs. `process` itself satisfies it. */
export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: AsyncIterable<Uint8Array> & {
    /** Exists on a terminal: delivers each key as the user presses it and does not display it. */
    setRawMode?(isRaw: boolean): unknown
  }
  /** Calls `done` when the text is written, with an error if the write failed. */
  readonly stdout: { write(text: string, done?: (error?: Error | null) => void): unknown }
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean }
  /** The working directory, which contains `.env`, the SQLite file and the development secret. */
  cwd(): string
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
}
