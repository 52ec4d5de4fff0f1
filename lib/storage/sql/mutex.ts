/** Lets one caller through at a time, in the order in which they came. Who has entered must leave. */
export class Mutex {
  #isTaken = false
  readonly #waiting: (() => void)[] = []

  async enter(): Promise<void> {
    if (this.#isTaken) await new Promise<void>(resolve => this.#waiting.push(resolve))
    this.#isTaken = true
  }

  /**
   * The next one enters in the next turn of the event loop, not at once: otherwise a long queue of methods, each done
   * without ever waiting for anything, would hold up everything else the process has to do.
   */
  leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#isTaken = false
    else setImmediate(next)
  }
}
