import type { Change } from './tables.ts'

/** Records the changes of a step. None takes effect before the step has returned. */
export type Write = (changes: readonly Change[]) => void

/**
 * Makes a port method from a step: a function that reads the tables, returns its changes, and answers. It changes nothing
 * itself, so a step that throws has no effect. It is synchronous, so no other step runs between its reads and its result. No
 * other isolation is needed.
 */
export type DefineMethod = <Request, Answer>(
  step: (request: Request, write: Write) => Answer,
) => (request: Request) => Promise<Answer>

/** Validates text as JSON.stringify passes it: rejects U+0000 and lone surrogates, which some storages cannot hold. */
function refuseIllFormedText(field: string, content: unknown): unknown {
  for (const text of [field, content]) {
    if (typeof text !== 'string') continue
    if (text.includes('\0') || !text.isWellFormed()) throw new TypeError('Text contains U+0000 or a lone surrogate')
  }
  return content
}

/** Returns a copy: the caller may change the original later, and the storage must not change it. */
export function copyOf<Content>(content: Content): Content {
  return content === undefined ? content : JSON.parse(JSON.stringify(content, refuseIllFormedText))
}
