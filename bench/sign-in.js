// Compares the sign-ins per second with the hashes per second that the processor can compute.
import { load, requestBytes } from './load.js'
import { mediansOf, report } from './report.js'
import { coresUsed, startServer, whereItRuns } from './server.js'
import { longOrShort } from './settings.js'
import { signInRequest } from './sign-in-request.js'
import { median, spread } from './statistics.js'

const rounds = longOrShort(5, 1)
const seconds = longOrShort(6, 0.2)
const connections = longOrShort(16, 2)
const libraries = ['fast-auth', 'by hand', 'better-auth']

const entered = []
for (const library of libraries) {
  const server = await startServer('signing-in', { library })
  entered.push({ library, server, signIns: /** @type {number[]} */ ([]), ratios: /** @type {number[]} */ ([]) })
}
for (let round = 0; round < rounds; round += 1) {
  for (const { server, signIns, ratios } of entered) {
    const capacity = coresUsed * (await server.perSecond(seconds / 2))
    const requests = [requestBytes(signInRequest)]
    const { perSecond } = await load({ port: server.port, requests, connections, seconds })
    signIns.push(perSecond)
    ratios.push(perSecond / capacity)
  }
}
for (const { server } of entered) await server.close()

await report({
  name: 'sign-in',
  columns: ['', 'sign-ins/s', 'share of possible hashes'],
  rows: entered.map(({ library, signIns, ratios }) => [
    library,
    median(signIns).toFixed(1),
    spread(ratios, value => value.toFixed(2)),
  ]),
  conditions: `bcrypt has a cost of 12, and better-auth uses its own scrypt. ${connections} sign-ins run concurrently. ${whereItRuns}. ${mediansOf(rounds)}`,
  packages: ['fastify', 'better-auth', 'bcrypt'],
})
