import type { Change } from './tables.ts'

/** Notes what a step changes. None of it happens before the step has returned. */
export type Write = (changes: readonly Change[]) => void

/**
 * Makes a method of the port from a step: a function that looks at the tables, says what is to change, and answers. It
 * changes nothing itself, so that one that throws has done nothing; and it is synchronous, so that no other comes between
 * what it has seen and what it says. That is all the isolation there is, and all that is needed.
 */
export type DefineMethod = <Request, Answer>(
  step: (request: Request, write: Write) => Answer,
) => (request: Request) => Promise<Answer>

/** What JSON makes of it, and no text that some storage could not hold: U+0000 and halves of surrogate pairs. */
function refuseIllFormedText(field: string, content: unknown): unknown {
  for (const text of [field, content]) {
    if (typeof text !== 'string') continue
    if (text.includes('\0') || !text.isWellFormed()) throw new TypeError('Text holds U+0000 or a lone surrogate')
  }
  return content
}

/** A copy: whoever called may change what they have handed in, and it is not ours to change either. */
export function copyOf<Content>(content: Content): Content {
  return content === undefined ? content : JSON.parse(JSON.stringify(content, refuseIllFormedText))
}
