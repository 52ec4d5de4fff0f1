/** Writes noted data in batches, with a delay. Writes never overlap. */
export interface BatchWriter {
  /** Schedules a write within `everySeconds` from now. */
  writeLater(): void
  /** Writes now; resolves when this write and any earlier one are done. */
  flush(): Promise<void>
}

/** @param write writes all waiting data. It must not reject. */
export function createBatchWriter(write: () => Promise<void>, everySeconds: number): BatchWriter {
  let timer: NodeJS.Timeout | undefined
  /** The last write, which the next one awaits. */
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
