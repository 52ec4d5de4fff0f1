import { createEventLog } from '../features/audit-log/event-log.js'
import { clearSecondFactor } from '../features/second-factor/clear-second-factor.js'
import type { MessageWriter } from '../mail/message.js'
import { createMessageWriter } from '../mail/message-writer.js'
import { createKeyring } from '../tokens/keyring.js'
import { createSealer } from '../tokens/sealer.js'
import type { CliContext } from './cli-context.js'
import { onDatabase, type StandaloneDependencies } from './on-database.js'
import { readEnvironment } from './read-environment.js'
import { readSecretList } from './read-secret-list.js'
import { revocationNotice } from './revocation-notice.js'
import { findUserByKey, type UserWords } from './user.js'

/**
 * Creates the writer of the message to the owner. A running server sends what it writes.
 * @throws {Error} JWT_SECRET_KEY is missing or invalid.
 */
function messageWriterOf(context: CliContext): MessageWriter {
  const [newest, ...older] = readSecretList(readEnvironment(context), 'JWT_SECRET_KEY') ?? []
  if (newest === undefined)
    throw new Error('JWT_SECRET_KEY must be set as for the server: it encrypts the message to the owner of the account')
  return createMessageWriter({ sealer: createSealer(createKeyring([newest, ...older])) })
}

async function clear(dependencies: StandaloneDependencies, messageWriter: MessageWriter, key: string): Promise<string> {
  const { storage } = dependencies
  const { id: userId } = await findUserByKey(dependencies, key)
  let failure: unknown
  const log = createEventLog({
    events: storage.events,
    everySeconds: 60,
    maximumWaiting: 100,
    onFailure: error => {
      failure = error
    },
  })
  const own = {
    emit: log.note,
    secondFactorStore: storage.secondFactors,
    email: { messageWriter, notifyDelivery: () => undefined },
  }
  const { outcome } = await clearSecondFactor({ ...dependencies, ...own }, { userId, now: Date.now() })
  await log.flush()
  if (outcome !== 'cleared') throw new Error(`User ${userId} has no second factor. Nothing was changed.`)
  if (failure !== undefined)
    throw new Error(`The second factor of user ${userId} is cleared, but the event was not stored`, { cause: failure })
  return `The second factor of user ${userId} is cleared, every session has ended, and a message to the owner is queued. ${revocationNotice}`
}

/** `fast-auth user clear-second-factor` */
export async function clearUserSecondFactor(context: CliContext, { key = '' }: UserWords): Promise<number> {
  const messageWriter = messageWriterOf(context)
  return onDatabase(context, dependencies => clear(dependencies, messageWriter, key))
}
