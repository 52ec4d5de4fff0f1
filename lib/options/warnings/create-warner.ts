import { type WarningCode, warnings } from './warnings.js'

export interface WarnerSettings {
  readonly log: { warn(fields: object, sentence: string): void }
  /** Those that somebody has read, and stands by. */
  readonly silenced: readonly WarningCode[]
}

/** Writes a warning to the log, each once, with its code and where to read on. */
export function createWarner({ log, silenced }: WarnerSettings): (code: WarningCode) => void {
  const settled = new Set(silenced)
  return code => {
    if (settled.has(code)) return
    settled.add(code)
    log.warn({ code }, `fast-auth: ${warnings[code]} See docs/security.md#${code.toLowerCase()}`)
  }
}
