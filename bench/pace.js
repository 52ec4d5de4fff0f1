// Asks at a fixed rate, whether or not the answers come: whoever waits for the server makes its slow moments rare.
import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** The milliseconds from the moment when the request was due. @param {import('node:http').RequestOptions} options */
function ask(options, dueAt = performance.now()) {
  return new Promise((resolve, reject) => {
    const request = get(options, answer => {
      if (answer.statusCode !== 200) reject(new Error(`Not 200, but ${answer.statusCode}`))
      answer.resume().on('end', () => resolve(performance.now() - dueAt))
    })
    request.on('error', reject)
  })
}

/**
 * @param {{ port: number, path: string, headerLines: readonly string[], perSecond: number, seconds: number }} pace
 * @returns {Promise<number[]>} The milliseconds of each answer.
 */
export async function pace({ port, path, headerLines, perSecond, seconds }) {
  const agent = new Agent({ keepAlive: true })
  const headers = Object.fromEntries(headerLines.map(line => line.split(/: (.*)/s)))
  const startedAt = performance.now()
  const answers = []
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const dueAt = startedAt + (count * 1000) / perSecond
    await sleep(Math.max(0, dueAt - performance.now()))
    answers.push(ask({ port, host: '127.0.0.1', path, agent, headers }, dueAt))
  }
  const milliseconds = await Promise.all(answers)
  agent.destroy()
  return milliseconds
}
