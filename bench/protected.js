// What a protected route costs beside the same route without protection.
import { contest } from './contest.js'

await contest({
  name: 'protected',
  contenders: [
    { name: 'bare Fastify', subject: 'bare' },
    { name: 'fast-auth, access cookie', subject: 'fast-auth', options: { credential: 'cookie' } },
    { name: 'fast-auth, bearer token', subject: 'fast-auth', options: { credential: 'bearer' } },
    {
      name: 'fast-auth, 5,000 tokens in turn',
      subject: 'fast-auth',
      options: { credential: 'bearer' },
      credentials: 5_000,
    },
    {
      name: 'fast-auth, first sight of each token',
      subject: 'fast-auth',
      options: { credential: 'bearer' },
      credentials: 'new',
    },
    { name: '@fastify/cookie and @fastify/jwt', subject: 'fastify-jwt', options: { credential: 'cookie' } },
    { name: 'the same with its cache', subject: 'fastify-jwt', options: { credential: 'cookie', cache: 10_000 } },
    {
      name: 'the same, 5,000 tokens in turn',
      subject: 'fastify-jwt',
      options: { credential: 'cookie', cache: 10_000 },
      credentials: 5_000,
    },
    { name: '@fastify/jwt, bearer token', subject: 'fastify-jwt', options: { credential: 'bearer' } },
    { name: 'better-auth, session', subject: 'better-auth', options: { credential: 'cookie' } },
    {
      name: 'better-auth, session with cookie cache',
      subject: 'better-auth',
      options: { credential: 'cookie', cookieCache: true },
    },
  ],
})
