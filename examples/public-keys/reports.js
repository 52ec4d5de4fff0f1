import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRemoteJWKSet, jwtVerify } from 'jose'

/**
 * A service that knows of the accounts what is public: no fast-auth, no Fastify. It lets in whose session was ended until
 * the access token expires; docs/verifying-tokens.md says how to ask instead.
 * @param {{ accountsUrl: string, port: number }} settings
 * @returns {Promise<string>} its address.
 */
export async function startReports({ accountsUrl, port }) {
  const keys = createRemoteJWKSet(new URL(`${accountsUrl}/auth/.well-known/jwks.json`))
  // All of it, always: a token for something else is not a token for this.
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
