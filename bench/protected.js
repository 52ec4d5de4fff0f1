// Compares a protected route with the same route without authentication.
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
      name: 'fast-auth, each token once',
      subject: 'fast-auth',
      options: { credential: 'bearer' },
      credentials: 'new',
    },
    { name: '@fastify/cookie and @fastify/jwt', subject: 'fastify-jwt', options: { credential: 'cookie' } },
    {
      name: 'the same with the cache of @fastify/jwt',
      subject: 'fastify-jwt',
      options: { credential: 'cookie', cache: 10_000 },
    },
    {
      name: 'the same with the cache, 5,000 tokens in turn',
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
