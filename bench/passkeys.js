// Compares sign-ins with a passkey, the whole request, with the verification of the signature by the library alone.
import { load, requestBytes } from './load.js'
import { mediansOf, report } from './report.js'
import { startServer, whereItRuns } from './server.js'
import { longOrShort } from './settings.js'
import { median, spread } from './statistics.js'

const rounds = longOrShort(5, 1)
const connections = longOrShort(16, 2)
const users = longOrShort(100, 4)
/** A challenge is good once: every request is sent once. */
const usesPerRound = longOrShort(2_000, 8)
const librarySeconds = longOrShort(3, 0.2)
/** The second waits for the disk in each sign-in. */
const kinds = ['in memory', 'on an SQLite file']

const servers = await Promise.all(
  kinds.map(kind => startServer('passkeys', { users, concurrent: connections, isInMemory: kind === 'in memory' })),
)
const measured = kinds.map(() => ({ perSecond: /** @type {number[]} */ ([]), cpu: /** @type {number[]} */ ([]) }))
/** @type {number[]} */
const alone = []

for (let round = 0; round < rounds; round += 1) {
  alone.push((await servers[0]?.perSecond(librarySeconds)) ?? Number.NaN)
  for (const [index, server] of servers.entries()) {
    const requests = (await server.credentials(usesPerRound)).map(([body = '']) =>
      requestBytes({ path: '/auth/sign-in/passkey', method: 'POST', body }),
    )
    const before = await server.cpuMicroseconds()
    const { perSecond } = await load({ port: server.port, requests, connections, seconds: 120, once: true })
    measured[index]?.perSecond.push(perSecond)
    measured[index]?.cpu.push(((await server.cpuMicroseconds()) - before) / usesPerRound / 1000)
  }
}
await Promise.all(servers.map(server => server.close()))

/** @param {readonly number[]} values */
const ratio = values =>
  spread(
    values.map((value, round) => value / (alone[round] ?? Number.NaN)),
    value => value.toFixed(2),
  )
await report({
  name: 'passkeys',
  columns: ['', 'per second', '÷ the library alone', 'processor ms/request'],
  rows: [
    ['verifyAuthenticationResponse of the library alone', median(alone).toFixed(0), ratio(alone), '–'],
    ...measured.map(({ perSecond, cpu }, index) => [
      `a sign-in with a passkey, ${kinds[index]}`,
      median(perSecond).toFixed(0),
      ratio(perSecond),
      median(cpu).toFixed(2),
    ]),
  ],
  conditions: `The passkeys use ES256. ${connections} sign-ins or verifications run concurrently. ${whereItRuns}. ${mediansOf(rounds)}`,
  packages: ['fastify', '@simplewebauthn/server'],
})
