import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel'

export interface StorageCallTrace {
  /** `sessions.rotate`, or `ping`. */
  readonly method: string
}

/** The channel of `tracing:fast-auth:storage:start` and the related events. */
export const storageCalls = tracingChannel<unknown, StorageCallTrace>('fast-auth:storage')

/** The channel of `tracing:fast-auth:hash:start` and the related events. They contain nothing of the password. */
export const passwordHashes = tracingChannel<unknown, object>('fast-auth:hash')

/**
 * Runs the step. Subscribers are notified when it begins, ends or fails, but do not get its result, which may be a hash.
 * Without subscribers it costs nothing.
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
