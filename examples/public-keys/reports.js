import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRemoteJWKSet, jwtVerify } from 'jose'

/**
 * Starts a service that uses only the public keys of the accounts, without fast-auth and Fastify. It accepts the access token
 * of an ended session until the token expires. To refuse it immediately, use introspection: see docs/verifying-tokens.md.
 * @param {{ accountsUrl: string, port: number }} settings
 * @returns {Promise<string>} Its address.
 */
export async function startReports({ accountsUrl, port }) {
  const keys = createRemoteJWKSet(new URL(`${accountsUrl}/auth/.well-known/jwks.json`))
  // Check all of these, so that a token for another service or purpose is refused.
  const rules = { issuer: 'https://accounts.example.com', audience: 'example', typ: 'at+jwt', algorithms: ['EdDSA'] }

  const server = createServer(async ({ headers: { authorization = '' } }, response) => {
    const answer = (/** @type {number} */ status, /** @type {object} */ body) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    try {
      const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ''), keys, rules)
      answer(200, { reportsOf: payload.email })
    } catch {
      answer(401, { signInAt: `${accountsUrl}/auth/sign-in` })
    }
  })
  server.listen(port)
  await once(server, 'listening')
  const address = server.address()
  return `http://localhost:${typeof address === 'object' ? address?.port : ''}`
}
