// Sends requests at a fixed rate, independently of the responses. A client that waits would send few requests while the server
// is slow.
import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Returns the milliseconds from the time at which the request was due. @param {import('node:http').RequestOptions} options */
function send(options, dueAt = performance.now()) {
  return new Promise((resolve, reject) => {
    const request = get(options, answer => {
      if (answer.statusCode !== 200) reject(new Error(`The server did not return 200, but ${answer.statusCode}`))
      answer.resume().on('end', () => resolve(performance.now() - dueAt))
    })
    request.on('error', reject)
  })
}

/**
 * @param {{ port: number, path: string, headerLines: readonly string[], perSecond: number, seconds: number }} pace
 * @returns {Promise<number[]>} The milliseconds of each response.
 */
export async function pace({ port, path, headerLines, perSecond, seconds }) {
  const agent = new Agent({ keepAlive: true })
  const headers = Object.fromEntries(headerLines.map(line => line.split(/: (.*)/s)))
  const startedAt = performance.now()
  const answers = []
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const dueAt = startedAt + (count * 1000) / perSecond
    await sleep(Math.max(0, dueAt - performance.now()))
    answers.push(send({ port, host: '127.0.0.1', path, agent, headers }, dueAt))
  }
  const milliseconds = await Promise.all(answers)
  agent.destroy()
  return milliseconds
}
