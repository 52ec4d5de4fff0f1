// Compares the second step of a sign-in, with the code of an authenticator app, with a sign-in by password alone.
import { load, requestBytes } from './load.js'
import { mediansOf, report } from './report.js'
import { startServer, whereItRuns } from './server.js'
import { longOrShort } from './settings.js'
import { signInRequest } from './sign-in-request.js'
import { median, spread } from './statistics.js'

const rounds = longOrShort(7, 1)
const seconds = longOrShort(4, 0.2)
const connections = longOrShort(16, 2)
/** One completion each per round. A sign-in waits for ten minutes, which are twenty codes. */
const users = longOrShort(100, 4)

const server = await startServer('second-factor', { users })
const names = ['a sign-in with a password', 'the second step, with a code']
const measured = names.map(() => ({ perSecond: /** @type {number[]} */ ([]), cpu: /** @type {number[]} */ ([]) }))

/** @param {number} index @param {Parameters<typeof load>[0]} sending */
async function measure(index, sending) {
  const before = await server.cpuMicroseconds()
  const { requests, perSecond } = await load(sending)
  measured[index]?.perSecond.push(perSecond)
  measured[index]?.cpu.push(((await server.cpuMicroseconds()) - before) / requests / 1000)
}

for (let round = 0; round < rounds; round += 1) {
  const { port } = server
  await measure(0, { port, requests: [requestBytes(signInRequest)], connections, seconds })
  const completions = (await server.credentials(users)).map(([signInToken, code]) =>
    requestBytes({
      path: '/auth/sign-in/second-factor',
      method: 'POST',
      body: JSON.stringify({ signInToken, code }),
    }),
  )
  await measure(1, { port, requests: completions, connections, seconds: 60, once: true })
}
await server.close()

const [first] = measured
await report({
  name: 'second-factor',
  columns: ['', 'requests/s', '÷ a sign-in with a password', 'processor ms/request'],
  rows: measured.map(({ perSecond, cpu }, index) => [
    names[index] ?? '',
    median(perSecond).toFixed(1),
    spread(
      perSecond.map((value, round) => value / (first?.perSecond[round] ?? Number.NaN)),
      value => value.toFixed(1),
    ),
    median(cpu).toFixed(1),
  ]),
  conditions: `bcrypt has a cost of 12. ${connections} requests run concurrently, and each user sends one code per round. ${whereItRuns}. ${mediansOf(rounds)}`,
  packages: ['fastify', 'bcrypt'],
})
