// Subjects take turns, round after round, so that whatever slows the machine slows all of them.
import { load, requestBytes } from './load.js'
import { startServer } from './server.js'
import { longOrShort } from './settings.js'

const rounds = longOrShort(9, 1)
const seconds = longOrShort(1.5, 0.15)
/** Not counted: the others' turns have taken its code out of the processor's caches, and of the memory too. */
const secondsToWakeUp = longOrShort(0.5, 0.05)
const connections = 16
/** More than a server answers in a second. */
const enoughPerSecond = longOrShort(60_000, 20_000)

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} subject A file in subjects/.
 * @property {Record<string, unknown>} [options]
 * @property {number | 'new'} [credentials] So many in turn; `new`: none is sent twice. One if it isn't said.
 */

/** @typedef {{ perSecond: number, p50: number, p99: number, cpuMicroseconds: number }} Round Processor time per request. */

/** @param {Contender} contender */
async function enter({ name, subject, options, credentials = 1 }) {
  const server = await startServer(subject, options)
  const isOnce = credentials === 'new'

  async function prepared() {
    const longest = Math.max(seconds, secondsToWakeUp)
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
      await load({ port: server.port, requests, connections, seconds: secondsToWakeUp, once: isOnce })
      if (isOnce) requests = await prepared()
      const before = await server.cpuMicroseconds()
      const loaded = await load({ port: server.port, requests, connections, seconds, once: isOnce })
      const cpuMicroseconds = ((await server.cpuMicroseconds()) - before) / loaded.requests
      return { ...loaded, cpuMicroseconds }
    },
  }
}

/** The rounds of each contender, after one that warms up. @param {readonly Contender[]} contenders */
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
