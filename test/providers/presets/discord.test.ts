import t, { type Test } from 'tap'
import { discord } from '../../../lib/features/providers/providers.js'
import { callbackOf, newFlow, redirectUri } from '../../support/providers/provider-flow.js'
import { type Answer, standInServer } from '../../support/providers/stand-in-server.js'

/** The shape of Discord's documentation, "User object". */
const nelly = {
  id: '80351110224678912',
  username: 'nelly',
  discriminator: '0',
  global_name: 'Nelly',
  avatar: '8342729096ea3675442027381ff50dfe',
  verified: true,
  email: 'nelly@discord.com',
  locale: 'en-US',
  flags: 64,
}

async function signIn(t: Test, answer: Answer) {
  const server = await standInServer(t)
  const provider = discord({ clientId: '157730590492196864', clientSecret: 'secret' })
  const client = provider.connect({ redirectUri, isProduction: true, clock: Date.now, fetch: server.fetch })
  server.answer('/discord.com/api/oauth2/token', {
    body: {
      access_token: '6qrZcUqja7812RVdnEKjpzOL4CvHBFG',
      token_type: 'Bearer',
      expires_in: 604800,
      scope: 'identify email',
    },
  })
  server.answer('/discord.com/api/v10/users/@me', answer)
  const flow = newFlow()
  return client.exchange({ ...flow, parameters: callbackOf(flow), now: Date.now() })
}

t.test('a user is identified by the ID, with a verified address', async t => {
  t.match(await signIn(t, { body: nelly }), {
    identity: {
      issuer: 'https://discord.com',
      subject: '80351110224678912',
      email: 'nelly@discord.com',
      isEmailVerified: true,
      profile: {
        name: 'Nelly',
        picture: 'https://cdn.discordapp.com/avatars/80351110224678912/8342729096ea3675442027381ff50dfe.png',
        locale: 'en-US',
      },
    },
  })
})

t.test('an address is verified by the boolean true only, and may be missing', async t => {
  for (const verified of [false, 'true', undefined])
    t.match(await signIn(t, { body: { ...nelly, verified } }), { identity: { isEmailVerified: false } })
  t.match(await signIn(t, { body: { ...nelly, email: null } }), { identity: { email: null, isEmailVerified: false } })
})

t.test('a user without a display name and an avatar is called by the user name', async t => {
  const answer = await signIn(t, { body: { ...nelly, global_name: null, avatar: null } })
  t.match(answer, { identity: { profile: { name: 'nelly' } } })
  t.notOk(answer.outcome === 'identified' && 'picture' in answer.identity.profile)
})

t.test('a refused or malformed answer identifies no user', async t => {
  t.same(await signIn(t, { status: 401, body: {} }), { outcome: 'invalid', reason: 'profile' })
  for (const body of ['{', 'null', [], {}, { ...nelly, id: null }])
    t.same(await signIn(t, { body }), { outcome: 'invalid', reason: 'subject' })
})

t.test('the provider says what it is', async t => {
  t.match(discord({ clientId: 'x', clientSecret: 'x' }), {
    name: 'discord',
    displayName: 'Discord',
    responseMode: 'query',
    acceptsIdTokens: false,
  })
})
