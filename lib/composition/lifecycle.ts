import type { FastifyInstance } from 'fastify'
import type { Component } from '../features/feature.js'
import { createPurgePoller } from '../purge/purge-poller.js'
import type { Built } from './compose-dependencies.js'
import type { ResolvedOptions } from './options/resolve-options.js'

/** How long a closing application continues to send messages. Another process, or the next start, sends the rest. */
const drainMilliseconds = 5000

/** How long a starting application waits for the revocation feed. Until the feed is read, requests ask the storage. */
const patienceSeconds = 3

/** Purges expired rows, after a random time first: processes that start together do not purge together. */
function purging(app: FastifyInstance, { purge, clock }: ResolvedOptions, { dependencies }: Built): Component {
  if (purge.everySeconds === 0) return {}
  const { storage, measure } = dependencies
  const onFailure = (error: unknown) => app.log.error({ err: error }, 'fast-auth: what has expired was not purged')
  const poller = createPurgePoller({ ...purge, storage, clock, measure, onFailure })
  return { start: () => poller.start(Math.random() * purge.everySeconds), close: () => poller.stop() }
}

/** Reads revocations before the first request, and then continuously. */
function readingRevocations({ feed }: Built): Component {
  if (feed === null) return {}
  return {
    async start() {
      await feed.start(patienceSeconds)
      feed.push?.start()
    },
    // A pool that the application ends waits for the listening connection.
    beforeClose: async () => feed.push?.stop(),
    close: () => feed.stop(),
  }
}

/** Sends the messages that the last run left. On close, first finishes what is in progress, then closes the sender. */
function delivering({ emailFlows }: Built): Component {
  if (emailFlows === null) return {}
  const { delivery } = emailFlows
  return {
    start: () => delivery.notify(),
    async close() {
      await delivery.drain(drainMilliseconds)
      await delivery.close()
    },
  }
}

/** Awaits hooks that no answer waits for. */
function callingHooks({ dependencies }: Built): Component {
  return { close: async () => void (await Promise.all(dependencies.hooks.underWay)) }
}

/** Returns all components: they start in this order, and close in the opposite order. */
export function componentsOf(app: FastifyInstance, options: ResolvedOptions, built: Built): readonly Component[] {
  return [
    ...built.features.map(({ component = {} }) => component),
    callingHooks(built),
    purging(app, options, built),
    readingRevocations(built),
    delivering(built),
  ]
}

/** Starts and closes components with the application. Fastify calls `onClose` hooks in the opposite order of their registration. */
export function followLifecycle(app: FastifyInstance, components: readonly Component[]): void {
  for (const { start, beforeClose, close } of components) {
    if (start !== undefined) app.addHook('onReady', async () => start())
    if (beforeClose !== undefined) app.addHook('preClose', beforeClose)
    if (close !== undefined) app.addHook('onClose', close)
  }
}
