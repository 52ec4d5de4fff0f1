/** A signal that aborts together with another one, or by itself. */
export interface DependentAbort {
  readonly signal: AbortSignal
  abort(): void
  /** Stops listening to the other signal. */
  release(): void
}

/** Creates a signal that also aborts when `outer` does. Safari has `AbortSignal.any` since 17.4. */
export function createDependentAbort(outer: AbortSignal | undefined): DependentAbort {
  const controller = new AbortController()
  const abort = () => controller.abort()
  outer?.addEventListener('abort', abort)
  if (outer?.aborted === true) abort()
  return { signal: controller.signal, abort, release: () => outer?.removeEventListener('abort', abort) }
}
