// Compares a route that requires an API key with the same route without authentication.
import { contest } from './contest.js'

await contest({
  name: 'keys',
  contenders: [
    { name: 'bare Fastify', subject: 'bare' },
    { name: 'fast-auth', subject: 'fast-auth', options: { credential: 'apiKey' } },
    { name: 'fast-auth, 20 keys in turn', subject: 'fast-auth', options: { credential: 'apiKey' }, credentials: 20 },
    {
      name: 'fast-auth, revocation: strict',
      subject: 'fast-auth',
      options: { credential: 'apiKey', revocation: 'strict' },
    },
    { name: 'better-auth', subject: 'better-auth', options: { credential: 'apiKey' } },
  ],
})
