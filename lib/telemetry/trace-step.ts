import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel'

export interface StorageCallTrace {
  /** `sessions.rotate`, or `ping`. */
  readonly method: string
}

/** What a subscriber to `tracing:fast-auth:storage:start` and its like is told. */
export const storageCalls = tracingChannel<unknown, StorageCallTrace>('fast-auth:storage')

/** What a subscriber to `tracing:fast-auth:hash:start` and its like is told: that, and nothing of the password. */
export const passwordHashes = tracingChannel<unknown, object>('fast-auth:hash')

/**
 * Takes the step. Whoever subscribes hears when it begins, ends or fails, and nothing of what it answers with: that may be
 * a hash. Where nobody does, it costs nothing.
 */
export function traceStep<Trace extends object, Answer>(
  channel: TracingChannel<unknown, Trace>,
  trace: Trace,
  step: () => Promise<Answer>,
): Promise<Answer> {
  if (!channel.hasSubscribers) return step()
  return new Promise((resolve, reject) => {
    channel.tracePromise(() => step().then(resolve), trace).catch(reject)
  })
}
