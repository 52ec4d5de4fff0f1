import { randomEvent } from '../../../conformance/random-records.js'
import { done, type StepOf } from '../../../conformance/step.js'
import { storeUser } from '../../../conformance/stored-records.js'

/** All methods that change events. */
export const eventSteps: readonly StepOf[] = [
  {
    method: 'events.add',
    async prepare(storage) {
      const event = randomEvent((await storeUser(storage)).id)
      return {
        attempt: storage => done(storage.events.add({ events: [event] })),
        first: 'done',
        again: ['done'],
        observe: storage => storage.events.list({ userId: String(event.userId), limit: 10 }),
        effect: [event],
      }
    },
  },
]
