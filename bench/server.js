// A server in a process of its own, on a core of its own where there are several and `taskset` is there.
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
/** Whether a server has a core of its own. */
export const isPinned = lastCore > 0 && hasTaskset()
// This process sends the requests: it leaves the first core to the servers.
if (isPinned) execFileSync('taskset', ['-cp', `1-${lastCore}`, String(process.pid)], { stdio: 'ignore' })

/** Where a server may use one core. */
export const coresUsed = isPinned ? 1 : availableParallelism()

export const whereItRuns = isPinned ? 'server on one core, load on another' : 'server and load on the same cores'

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {(count: number) => Promise<string[][]>} credentials So many different ones: the header lines of each.
 * @property {(seconds: number) => Promise<number>} perSecond How often the process does, for so long, what its limit is.
 * @property {() => Promise<number>} cpuMicroseconds What the process has used so far.
 * @property {() => Promise<{ rssMegabytes: number, heapMegabytes: number }>} memory After a garbage collection.
 * @property {() => Promise<unknown>} close
 */

/**
 * @param {string} subject A file in subjects/. @param {Record<string, unknown>} [options] What it is opened with.
 * @param {'one' | 'all'} [cores] Those that it may use.
 * @returns {Promise<Server>}
 */
export async function startServer(subject, options = {}, cores = 'one') {
  const command = [process.execPath, '--expose-gc', host, subject, JSON.stringify(options)]
  const [file = '', ...words] = isPinned
    ? ['taskset', '-c', cores === 'one' ? '0' : `0-${lastCore}`, ...command]
    : command
  const child = spawn(file, words, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const exited = once(child, 'exit')

  const failed = exited.then(([code]) => {
    throw new Error(`The server of ${subject} ended with ${code}`)
  })
  failed.catch(() => {})

  /** One question at a time. @param {Record<string, unknown>} question */
  async function ask(question) {
    child.send(question)
    const [answer] = await Promise.race([once(child, 'message'), failed])
    return answer
  }

  const [{ port }] = await Promise.race([once(child, 'message'), failed])
  return {
    port,
    credentials: count => ask({ ask: 'credentials', count }),
    perSecond: seconds => ask({ ask: 'perSecond', seconds }),
    cpuMicroseconds: () => ask({ ask: 'cpu' }),
    memory: () => ask({ ask: 'memory' }),
    close() {
      child.disconnect()
      return exited
    },
  }
}
