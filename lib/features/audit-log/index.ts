import { defineFeature } from '../define-feature.js'
import { createEventLog, type EventLog } from './event-log.js'
import { type EventStore, eventMethods } from './port.js'

/** What stored events add to the dependencies. */
export interface OwnDependencies {
  readonly eventStore: EventStore
  readonly eventLog: EventLog
}

/** The audit log: events that are kept in the storage. */
export const auditLog = defineFeature<
  { readonly auditLog: boolean },
  { readonly events?: EventStore },
  OwnDependencies
>({
  name: 'audit-log',
  isOn: options => options.auditLog,
  schemas: [],
  storageMethods: eventMethods,
  routes: [],

  compose({ storage, log }) {
    const eventStore = storage.events as EventStore
    const eventLog = createEventLog({
      events: eventStore,
      everySeconds: 1,
      maximumWaiting: 10_000,
      onFailure: error => log.error({ err: error }, 'fast-auth: events were not written to the storage'),
    })
    return {
      own: { eventStore, eventLog },
      noteEvent: eventLog.note,
      flushEvents: eventLog.flush,
      component: { beforeClose: eventLog.flush, close: eventLog.flush },
    }
  },
})
