import { channel } from 'node:diagnostics_channel'
import type { Measure } from '../telemetry/create-measure.js'
import type { AuthEvent } from './auth-event.js'
import { noteworthyEvents } from './noteworthy-events.js'

export interface EmitterSettings {
  readonly log: {
    info(fields: object, message: string): void
    warn(fields: object, message: string): void
    error(fields: object, message: string): void
  }
  /** Called with every event. Must not throw. */
  note(event: AuthEvent): void
  readonly onEvent?: ((event: AuthEvent) => unknown) | undefined
  readonly measure?: Measure | undefined
}

/**
 * Emits events to the log, to the storage's audit log, to subscribers of the diagnostics channel `fast-auth:` and the event's
 * name, and to the host's `onEvent`. Errors of the host do not fail the request, which does not wait for the host either.
 */
export function createEmitter({ log, note, onEvent, measure }: EmitterSettings): (event: AuthEvent) => void {
  return async event => {
    log[noteworthyEvents.has(event.name) ? 'warn' : 'info']({ event }, event.name)
    const { name, reason = '' } = event
    measure?.({ name: 'fast_auth_events_total', value: 1, labels: { event: name, reason } })
    note(event)
    const subscribers = channel(`fast-auth:${event.name}`)
    if (subscribers.hasSubscribers) subscribers.publish(event)
    try {
      await onEvent?.(event)
    } catch (error) {
      log.error({ err: error }, 'fast-auth: onEvent threw')
    }
  }
}
