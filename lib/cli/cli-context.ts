/** What a command needs of the process that it runs in. `process` itself is one. */
export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: AsyncIterable<Uint8Array> & {
    /** A terminal has it: then keys come as they are pressed, and are not shown. */
    setRawMode?(isRaw: boolean): unknown
  }
  /** `done` is called when the text is on its way, with the error where there was one. */
  readonly stdout: { write(text: string, done?: (error?: Error | null) => void): unknown }
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean }
  /** The working directory: where `.env`, the SQLite file and the development secret are. */
  cwd(): string
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
}
