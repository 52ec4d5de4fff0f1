import { setTimeout as delay } from 'node:timers/promises'
import type { Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { createComposer } from '../../lib/mail/compose-message.js'
import { createDelivery, type Delivery, type DeliveryOptions } from '../../lib/mail/delivery.js'
import type { DeliveryFailure } from '../../lib/mail/delivery-failure.js'
import { type MemorySender, memorySender } from '../../lib/mail/index.js'
import { createLinks } from '../../lib/mail/links.js'
import { createMessageWriter, openMessage } from '../../lib/mail/message-writer.js'
import type { GivenUpReason } from '../../lib/mail/outbox-worker.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { newOneTimeToken } from '../../lib/tokens/one-time-token.js'
import { createSealer } from '../../lib/tokens/sealer.js'
import { secret } from '../support/secret.js'

export const second = 1000
export const hour = 3600 * second

const sealer = createSealer(createKeyring([secret]))
export const writer = createMessageWriter({ sealer })
const linkTo = createLinks({ publicUrl: 'https://app.example.com', routesPath: '/auth' })

/** An outbox with a clock that is set by hand, and any number of deliveries that share both. */
export interface DeliveryDesk {
  readonly storage: Storage
  readonly sender: MemorySender
  readonly failures: DeliveryFailure[]
  /** Why each message was given up. */
  readonly givenUp: GivenUpReason[]
  now: number
  /** Puts messages with a link that is valid for an hour into the outbox. Returns their tokens. */
  post(...addresses: string[]): Promise<string[]>
  postNotice(to: string): Promise<void>
  /** A delivery, closed when the test ends. Without options it sends into `sender`. */
  delivery(options?: Partial<DeliveryOptions>): Delivery
  /** How many messages the outbox holds, due or not. Asked by purging them all: the outbox is empty afterwards. */
  takeStock(): Promise<number>
}

export function deliveryDesk(t: Test): DeliveryDesk {
  const storage = memoryStorage()
  const sender = memorySender()
  const failures: DeliveryFailure[] = []
  const givenUp: GivenUpReason[] = []
  const desk: DeliveryDesk = {
    storage,
    sender,
    failures,
    givenUp,
    now: 1_800_000_000_000,

    async post(...addresses) {
      const account = { userId: null, now: desk.now }
      const messageWriter = addresses.map(to => {
        const { token } = newOneTimeToken()
        return { kind: 'resetPassword', to, token, expiresAt: desk.now + hour } as const
      })
      await storage.outbox.add({ messages: messageWriter.map(message => writer.write(message, account)) })
      return messageWriter.map(({ token }) => token)
    },

    async postNotice(to) {
      const notice = writer.write({ kind: 'passwordChanged', to }, { userId: null, now: desk.now })
      await storage.outbox.add({ messages: [notice] })
    },

    delivery(options) {
      const delivery = createDelivery({
        outbox: storage.outbox,
        sender,
        open: message => openMessage(sealer, message),
        compose: createComposer({ appName: 'Orchard', linkTo, users: storage.users }),
        from: 'Orchard <no-reply@app.example.com>',
        clock: () => desk.now,
        onFailure: failure => failures.push(failure),
        onGivingUp: (_message, reason) => givenUp.push(reason),
        ...options,
      })
      t.teardown(() => delivery.close())
      return delivery
    },

    async takeStock() {
      const now = Number.MAX_SAFE_INTEGER
      const { messages } = await storage.purge({ now, revokedBefore: 0, eventsBefore: 0, limit: 1000 })
      return messages
    },
  }
  return desk
}

/** Resolves when the condition holds; rejects if it does not within 10 s. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 10 * second
  while (!condition()) {
    if (Date.now() > end) throw new Error('What was waited for did not come')
    await delay(5)
  }
}
