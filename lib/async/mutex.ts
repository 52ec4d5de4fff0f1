/** Admits one caller at a time, in order of arrival. Each caller that has entered must leave. */
export class Mutex {
  #isTaken = false
  readonly #waiting: (() => void)[] = []

  async enter(): Promise<void> {
    if (this.#isTaken) await new Promise<void>(resolve => this.#waiting.push(resolve))
    this.#isTaken = true
  }

  /**
   * Admits the next caller in the next turn of the event loop, not synchronously. Otherwise a long queue of methods that
   * never wait for I/O would block the event loop.
   */
  leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#isTaken = false
    else setImmediate(next)
  }
}
