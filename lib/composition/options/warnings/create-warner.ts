import { type WarningCode, warnings } from './warnings.js'

export interface WarnerSettings {
  readonly log: { warn(fields: object, sentence: string): void }
  /** Codes of warnings that the operator has read and accepts. */
  readonly silenced: readonly WarningCode[]
}

/** Logs each warning once, with its code and a link to its documentation. */
export function createWarner({ log, silenced }: WarnerSettings): (code: WarningCode) => void {
  const settled = new Set(silenced)
  return code => {
    if (settled.has(code)) return
    settled.add(code)
    log.warn({ code }, `fast-auth: ${warnings[code]} See docs/security.md#${code.toLowerCase()}`)
  }
}
