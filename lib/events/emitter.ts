import { channel } from 'node:diagnostics_channel'
import { type AuthEvent, noteworthyEvents } from './auth-event.js'

export interface EmitterSettings {
  readonly log: {
    info(fields: object, message: string): void
    warn(fields: object, message: string): void
    error(fields: object, message: string): void
  }
  readonly onEvent?: ((event: AuthEvent) => unknown) | undefined
}

/**
 * Tells of events: to the log, to whoever subscribes to the diagnostics channel `fast-auth:` and the event's name, and to
 * the host, whose mistakes are not the request's, nor does the request wait for it.
 */
export function createEmitter({ log, onEvent }: EmitterSettings): (event: AuthEvent) => void {
  return async event => {
    log[noteworthyEvents.has(event.name) ? 'warn' : 'info']({ event }, event.name)
    const subscribers = channel(`fast-auth:${event.name}`)
    if (subscribers.hasSubscribers) subscribers.publish(event)
    try {
      await onEvent?.(event)
    } catch (error) {
      log.error({ err: error }, 'fast-auth: onEvent threw')
    }
  }
}
