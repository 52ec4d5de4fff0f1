import { createHash } from 'node:crypto'

/** The storage has fewer statements than this, but for lists of varying length, of which not each is worth a name. */
const maximumNames = 256

/** Names for prepared statements: one text has one name, on every connection and in every process. */
export class StatementNames {
  readonly #names = new Map<string, string>()

  /** `undefined` where there are too many already: such a statement is sent without a name. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known !== undefined || this.#names.size >= maximumNames) return known
    const name = `fast_auth_${createHash('sha256').update(text).digest('base64url')}`
    this.#names.set(text, name)
    return name
  }
}
