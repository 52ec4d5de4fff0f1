// Starts a server in a separate process. Uses `taskset`, if it is installed, to give the server a separate core.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

const host = fileURLToPath(new URL('serve-subject.js', import.meta.url))

function hasTaskset() {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const lastCore = availableParallelism() - 1
/** Whether a server has a separate core. */
export const isPinned = lastCore > 0 && hasTaskset()
// This process sends the requests, and leaves the first core to the servers.
if (isPinned) execFileSync('taskset', ['-cp', `1-${lastCore}`, String(process.pid)], { stdio: 'ignore' })

/** The number of cores that a server with `cores: 'one'` uses. */
export const coresUsed = isPinned ? 1 : availableParallelism()

export const whereItRuns = isPinned
  ? 'The server runs on one core, and the load generator on another'
  : 'The server and the load generator share all cores'

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {(count: number) => Promise<string[][]>} credentials Returns the header lines of `count` different credentials.
 * @property {(seconds: number) => Promise<number>} perSecond Measures how often the process can do its limiting operation.
 * @property {() => Promise<number>} cpuMicroseconds Returns the processor time that the process has used.
 * @property {() => Promise<{ rssMegabytes: number, heapMegabytes: number }>} memory Returns the memory after a garbage collection.
 * @property {() => Promise<unknown>} close
 */

/**
 * @param {string} subject A file in subjects/. @param {Record<string, unknown>} [options] The options of the subject.
 * @param {'one' | 'all'} [cores] The cores that the server may use.
 * @returns {Promise<Server>}
 */
export async function startServer(subject, options = {}, cores = 'one') {
  const command = [process.execPath, '--expose-gc', host, subject, JSON.stringify(options)]
  const [file = '', ...parameters] = isPinned
    ? ['taskset', '-c', cores === 'one' ? '0' : `0-${lastCore}`, ...command]
    : command
  const child = spawn(file, parameters, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const exited = once(child, 'exit')

  const failed = exited.then(([code]) => {
    throw new Error(`The server of ${subject} ended with exit code ${code}`)
  })
  failed.catch(() => {})

  /** Calls a method of the server process. Do not call it concurrently. @param {Record<string, unknown>} message */
  async function call(message) {
    child.send(message)
    const [answer] = await Promise.race([once(child, 'message'), failed])
    return answer
  }

  const [{ port }] = await Promise.race([once(child, 'message'), failed])
  return {
    port,
    credentials: count => call({ method: 'credentials', count }),
    perSecond: seconds => call({ method: 'perSecond', seconds }),
    cpuMicroseconds: () => call({ method: 'cpu' }),
    memory: () => call({ method: 'memory' }),
    close() {
      child.disconnect()
      return exited
    },
  }
}
