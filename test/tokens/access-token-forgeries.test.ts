import t from 'tap'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { accessTokenReaders, lifetimeSeconds, noon } from '../support/access-token-readers.js'
import { handMadeJwt, type JsonObject, type JwtParts, without } from '../support/hand-made-jwt.js'
import { otherSecret } from '../support/secret.js'

interface Forgery {
  readonly title: string
  make(genuine: JwtParts & { readonly token: string }): string
  /** Without it, the token is refused as invalid. */
  readonly expired?: true
  /** True if jose has no rule against it: the token is authentic, and only stricter readers refuse it. */
  readonly joseAccepts?: true
}

const noonSeconds = noon / 1000

/** Both parts as in a genuine token, but for these changes, with a right signature. */
function changed(title: string, { header = {}, claims = {} }: Partial<JwtParts>): Forgery {
  return {
    title,
    make: genuine =>
      handMadeJwt({ header: { ...genuine.header, ...header }, claims: { ...genuine.claims, ...claims } }),
  }
}

function inHeader(title: string, header: JsonObject): Forgery {
  return changed(title, { header })
}

function inClaims(title: string, claims: JsonObject): Forgery {
  return changed(title, { claims })
}

/** A header or claims that aren't what they should be at all, with a right signature. */
function instead(part: 'header' | 'claims', content: unknown, title = JSON.stringify(content)): Forgery {
  return {
    title: `${title} as ${part}`,
    make: ({ header, claims }) => handMadeJwt({ header, claims, [part]: content }),
  }
}

const algorithms: readonly Forgery[] = [
  ...['none', 'None', 'NONE', ''].map(
    (alg): Forgery => ({
      title: `alg "${alg}" without a signature`,
      make: ({ header, claims }) => handMadeJwt({ header: { ...header, alg }, claims }).replace(/[^.]+$/, ''),
    }),
  ),
  inHeader('alg "none" with a signature', { alg: 'none' }),
  inHeader('alg "RS256" with an HMAC', { alg: 'RS256' }),
  inHeader('alg in lower case', { alg: 'hs256' }),
  inHeader('a list of algorithms', { alg: ['HS256'] }),
  { title: 'no alg', make: ({ header, claims }) => handMadeJwt({ header: without(header, 'alg'), claims }) },
  ...(['sha384', 'sha512'] as const).flatMap((hash): Forgery[] => [
    {
      title: `HMAC ${hash} that says so`,
      make: ({ header, claims }) =>
        handMadeJwt({ header: { ...header, alg: hash.replace('sha', 'HS') }, claims, hash }),
    },
    { title: `HMAC ${hash} that says HS256`, make: parts => handMadeJwt({ ...parts, hash }) },
  ]),
  { title: 'another secret', make: parts => handMadeJwt({ ...parts, secret: otherSecret }) },
  {
    title: 'another secret and its key id',
    make: ({ header, claims }) => {
      const kid = createKeyring([otherSecret]).newest.id
      return handMadeJwt({ header: { ...header, kid }, claims, secret: otherSecret })
    },
  },
]

const headers: readonly Forgery[] = [
  { title: 'no typ', make: ({ header, claims }) => handMadeJwt({ header: without(header, 'typ'), claims }) },
  ...['JWT', 'jwt', 'rt+jwt', 'at+jwt ', '', 'text/at+jwt', null, 5, ['at+jwt']].map(typ =>
    inHeader(`typ ${JSON.stringify(typ)}`, { typ }),
  ),
  { title: 'no kid', make: ({ header, claims }) => handMadeJwt({ header: without(header, 'kid'), claims }) },
  ...['unknown', '', '__proto__', 'constructor', 'toString', 5, null, {}, [], { toString: 'x' }].map(kid =>
    inHeader(`kid ${JSON.stringify(kid)}`, { kid }),
  ),
  {
    title: 'the right kid in a list',
    make: ({ header, claims }) => handMadeJwt({ header: { ...header, kid: [header.kid] }, claims }),
  },
  inHeader('a kid of 1 MB', { kid: 'k'.repeat(1 << 20) }),
  ...[['exp'], ['fast'], ['b64'], [], null, 'exp', {}, ''].map(crit =>
    inHeader(`crit ${JSON.stringify(crit)}`, { crit }),
  ),
  { ...inHeader('a crit that jose understands', { crit: ['b64'], b64: true }), joseAccepts: true },
  { ...inHeader('zip', { zip: 'DEF' }), joseAccepts: true },
]

const claims: readonly Forgery[] = [
  ...['exp', 'iat', 'sub', 'iss', 'aud', 'jti', 'sid', 'gen', 'auth_time', 'email'].map(
    (name): Forgery => ({
      title: `no ${name}`,
      make: genuine => handMadeJwt({ header: genuine.header, claims: without(genuine.claims, name) }),
    }),
  ),
  ...['exp', 'iat'].flatMap(name =>
    [`${noonSeconds}`, null, [noonSeconds]].map(value =>
      inClaims(`${name} ${JSON.stringify(value)}`, { [name]: value }),
    ),
  ),
  ...['sub', 'sid', 'jti', 'email'].flatMap(name =>
    [5, null, ['x'], {}].map(
      (value): Forgery => ({ ...inClaims(`${name} ${JSON.stringify(value)}`, { [name]: value }), joseAccepts: true }),
    ),
  ),
  ...['fast-auth ', 'Fast-Auth', '', null, ['fast-auth']].map(iss => inClaims(`iss ${JSON.stringify(iss)}`, { iss })),
  ...['other', '', null, 5, ['other'], {}].map(aud => inClaims(`aud ${JSON.stringify(aud)}`, { aud })),
  ...[['fast-auth'], ['other', 'fast-auth']].map(
    (aud): Forgery => ({ ...inClaims(`aud ${JSON.stringify(aud)}`, { aud }), joseAccepts: true }),
  ),
  { ...inClaims('expired an hour ago', { iat: noonSeconds - 4500, exp: noonSeconds - 3600 }), expired: true },
  inClaims('made in 31 seconds', { iat: noonSeconds + 31, exp: noonSeconds + 31 + lifetimeSeconds }),
  inClaims('made in a year', { iat: noonSeconds + 31_536_000, exp: noonSeconds + 31_536_900 }),
  {
    ...inClaims('made for a second longer than tokens live', { exp: noonSeconds + lifetimeSeconds + 1 }),
    expired: true,
    joseAccepts: true,
  },
  {
    title: 'a lifetime without end',
    make: genuine =>
      handMadeJwt({
        header: genuine.header,
        claims: JSON.stringify(genuine.claims).replace(/"exp":\d+/, '"exp":1e999'),
      }),
    expired: true,
    joseAccepts: true,
  },
]

const shapes: readonly Forgery[] = [
  { title: 'an empty text', make: () => '' },
  ...['.', '..', '...', 'a.b.c', 'Bearer'].map((text): Forgery => ({ title: `"${text}"`, make: () => text })),
  { title: 'no header', make: ({ token }) => token.replace(/^[^.]+/, '') },
  { title: 'no claims', make: ({ token }) => token.replace(/\..+\./, '..') },
  { title: 'no signature', make: ({ token }) => token.replace(/[^.]+$/, '') },
  { title: 'two parts', make: ({ token }) => token.replace(/\.[^.]+$/, '') },
  { title: 'a fourth part', make: ({ token }) => `${token}.e30` },
  { title: 'a fourth, empty part', make: ({ token }) => `${token}.` },
  { title: 'an empty part before the others', make: ({ token }) => `.${token}` },
  { title: 'the header twice', make: ({ token }) => `${token.split('.')[0]}.${token}` },
  { title: 'padding', make: ({ token }) => `${token}=`, joseAccepts: true },
  {
    title: 'a token inside a token',
    make: ({ header, token }) => handMadeJwt({ header: { ...header, cty: 'JWT' }, claims: token }),
  },
  {
    ...inClaims('more than 4096 characters', { email: `${'a'.repeat(5000)}@example.com` }),
    joseAccepts: true,
  },
  ...[null, [], 5, [{ alg: 'HS256' }]].flatMap(value => [instead('header', value), instead('claims', value)]),
  ...['', '{', '{"alg":"HS256"', 'HS256', '"HS256"'].flatMap(text => [
    instead('header', text),
    instead('claims', text),
  ]),
  instead('header', Buffer.from([0xff, 0xfe, 0x7b]), 'bytes that are no UTF-8'),
  instead('claims', Buffer.from([0xff, 0xfe, 0x7b]), 'bytes that are no UTF-8'),
]

t.test('both readers accept what the forgeries are made of', async t => {
  const { ask, joseAccepts, header, claims, token } = await accessTokenReaders(t)
  for (const good of [token, handMadeJwt({ header, claims })]) {
    t.equal((await ask(good)).statusCode, 200)
    t.equal(await joseAccepts(good), true)
  }
})

for (const [kind, forgeries] of Object.entries({ algorithms, headers, claims, shapes })) {
  t.test(`a forged access token is refused by both readers, at the cost of no storage call: ${kind}`, async t => {
    const readers = await accessTokenReaders(t)
    for (const { title, make, expired = false, joseAccepts = false } of forgeries) {
      const forged = make(readers)
      const answer = await readers.ask(forged)
      t.equal(answer.statusCode, 401, title)
      t.equal(answer.json().code, `FAST_AUTH_ACCESS_TOKEN_${expired ? 'EXPIRED' : 'INVALID'}`, title)
      t.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"', title)
      t.equal(await readers.joseAccepts(forged), joseAccepts, `${title}: jose`)
    }
    t.same(readers.calls, [])
  })
}
