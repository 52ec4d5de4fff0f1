/** Writes what has been noted, together and later. Writes never run beside each other. */
export interface BatchWriter {
  /** A write begins `everySeconds` from now at the latest. */
  writeLater(): void
  /** Writes now; resolves when that and any write before it is done. */
  flush(): Promise<void>
}

/** @param write Writes all that is waiting. It must not reject. */
export function createBatchWriter(write: () => Promise<void>, everySeconds: number): BatchWriter {
  let timer: NodeJS.Timeout | undefined
  /** The last write, which the next one waits for. */
  let writing = Promise.resolve()

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write)
    return writing
  }

  return {
    writeLater() {
      timer ??= setTimeout(flush, everySeconds * 1000).unref()
    },
    flush,
  }
}
