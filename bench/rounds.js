// Runs the subjects in alternating rounds, so that a slow moment of the machine slows all of them.
import { load, requestBytes } from './load.js'
import { startServer } from './server.js'
import { longOrShort } from './settings.js'

const rounds = longOrShort(9, 1)
const seconds = longOrShort(1.5, 0.15)
/** The warm-up before each round. It is not counted: the other subjects have replaced the caches of the processor. */
const warmUpSeconds = longOrShort(0.5, 0.05)
const connections = 16
/** More requests than a server handles per second. */
const enoughPerSecond = longOrShort(60_000, 20_000)

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} subject A file in subjects/.
 * @property {Record<string, unknown>} [options]
 * @property {number | 'new'} [credentials] The number of credentials in turn; 1 by default. `new`: none is sent twice.
 */

/** @typedef {{ perSecond: number, p50: number, p99: number, cpuMicroseconds: number }} Round `cpuMicroseconds` is per request. */

/** @param {Contender} contender */
async function enter({ name, subject, options, credentials = 1 }) {
  const server = await startServer(subject, options)
  const isOnce = credentials === 'new'

  async function prepared() {
    const longest = Math.max(seconds, warmUpSeconds)
    const headers = await server.credentials(isOnce ? Math.ceil(longest * enoughPerSecond) : credentials)
    return headers.map(lines => requestBytes({ path: '/protected', headers: lines }))
  }

  let requests = await prepared()
  return {
    name,
    close: server.close,
    /** @returns {Promise<Round>} */
    async round() {
      if (isOnce) requests = await prepared()
      await load({ port: server.port, requests, connections, seconds: warmUpSeconds, once: isOnce })
      if (isOnce) requests = await prepared()
      const before = await server.cpuMicroseconds()
      const loaded = await load({ port: server.port, requests, connections, seconds, once: isOnce })
      const cpuMicroseconds = ((await server.cpuMicroseconds()) - before) / loaded.requests
      return { ...loaded, cpuMicroseconds }
    },
  }
}

/** Runs one warm-up round, and returns the other rounds of each contender. @param {readonly Contender[]} contenders */
export async function alternate(contenders) {
  const entered = []
  for (const contender of contenders) entered.push(await enter(contender))
  const results = entered.map(({ name }) => ({ name, rounds: /** @type {Round[]} */ ([]) }))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, contender] of entered.entries()) {
      const measured = await contender.round()
      if (round > 0 || rounds === 1) results[index]?.rounds.push(measured)
    }
  }
  for (const { close } of entered) await close()
  return results
}
