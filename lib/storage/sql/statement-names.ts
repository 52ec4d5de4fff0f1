import { createHash } from 'node:crypto'

/** The storage has fewer statements than this, except for lists of varying length, which do not all need a name. */
const maximumNames = 256

/** Names for prepared statements: the same text has the same name, on every connection and in every process. */
export class StatementNames {
  readonly #names = new Map<string, string>()

  /** Returns `undefined` if there are too many names already: such a statement is sent without a name. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known !== undefined || this.#names.size >= maximumNames) return known
    const name = `fast_auth_${createHash('sha256').update(text).digest('base64url')}`
    this.#names.set(text, name)
    return name
  }
}
