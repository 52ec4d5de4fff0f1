// Compares sign-ins with a passkey, the whole request, with the verification of the signature by the library alone.
import { load, requestBytes } from './load.js'
import { mediansOf, report } from './report.js'
import { startServer, whereItRuns } from './server.js'
import { longOrShort } from './settings.js'
import { median, spread } from './statistics.js'

const rounds = longOrShort(7, 1)
const connections = longOrShort(16, 2)
const users = longOrShort(100, 4)
/** A challenge is good once: every request is sent once. */
const usesPerRound = longOrShort(4_000, 8)
const librarySeconds = longOrShort(3, 0.2)

const server = await startServer('passkeys', { users, concurrent: connections })
/** @type {number[]} */
const [alone, whole, cpu] = [[], [], []]

for (let round = 0; round < rounds; round += 1) {
  alone.push(await server.perSecond(librarySeconds))
  const requests = (await server.credentials(usesPerRound)).map(([body = '']) =>
    requestBytes({ path: '/auth/sign-in/passkey', method: 'POST', body }),
  )
  const before = await server.cpuMicroseconds()
  const { perSecond } = await load({ port: server.port, requests, connections, seconds: 60, once: true })
  whole.push(perSecond)
  cpu.push(((await server.cpuMicroseconds()) - before) / usesPerRound / 1000)
}
await server.close()

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
    ['a sign-in with a passkey', median(whole).toFixed(0), ratio(whole), median(cpu).toFixed(2)],
  ],
  conditions: `The passkeys use ES256, and the storage is an SQLite file. ${connections} sign-ins or verifications run concurrently. ${whereItRuns}. ${mediansOf(rounds)}`,
  packages: ['fastify', '@simplewebauthn/server'],
})
