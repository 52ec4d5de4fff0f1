import type { EpochMilliseconds } from '../../../storage/records.js'

interface CachedDocumentSettings<Value> {
  load(): Promise<Value>
  readonly clock: () => EpochMilliseconds
  /** Age from which the document is loaded again. */
  readonly freshMilliseconds: number
  /** Age up to which the document serves if it cannot be loaded again. */
  readonly usableMilliseconds: number
  /** Least pause after a success, also for a caller to whom the document is not enough. */
  readonly pauseMilliseconds: number
}

/** A document of a provider in memory. */
export interface CachedDocument<Value> {
  /**
   * Returns the document. Loads it if there is none, if it is old, or if it is not enough for the caller; concurrent callers
   * share one request. After a failure, there is no further request for 5 seconds.
   */
  read(isEnough?: (value: Value) => boolean): Promise<Value>
}

const backOffMilliseconds = 5_000

export function createCachedDocument<Value>(settings: CachedDocumentSettings<Value>): CachedDocument<Value> {
  const { load, clock, freshMilliseconds, usableMilliseconds, pauseMilliseconds } = settings
  let loaded: { readonly value: Value; readonly at: EpochMilliseconds } | null = null
  let failed: { readonly error: unknown; readonly at: EpochMilliseconds } | null = null
  let loading: Promise<Value> | null = null

  /** A clock that was set back makes everything old, not new for a long time. */
  function isYoung({ at }: { readonly at: EpochMilliseconds }, milliseconds: number): boolean {
    const age = clock() - at
    return age >= 0 && age < milliseconds
  }

  function oldOr(error: unknown): Value {
    if (loaded !== null && isYoung(loaded, usableMilliseconds)) return loaded.value
    throw error
  }

  function reload(): Promise<Value> {
    const reloaded = load().then(
      value => {
        loaded = { value, at: clock() }
        failed = null
        return value
      },
      (error: unknown) => {
        failed = { error, at: clock() }
        return oldOr(error)
      },
    )
    return reloaded.finally(() => {
      loading = null
    })
  }

  return {
    async read(isEnough = () => true) {
      if (loaded !== null && isYoung(loaded, freshMilliseconds) && isEnough(loaded.value)) return loaded.value
      if (loading !== null) return loading
      if (loaded !== null && isYoung(loaded, pauseMilliseconds)) return loaded.value
      if (failed !== null && isYoung(failed, backOffMilliseconds)) return oldOr(failed.error)
      loading = reload()
      return loading
    },
  }
}
