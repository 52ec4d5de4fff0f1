import { Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { type CredentialNeeded, credentialNeeded } from '../support/credential-needed.js'
import { everyRouteWithMail } from '../support/every-route.js'
import { testApplication } from '../support/test-application.js'
import { publicUrl } from '../support/test-mail.js'
import { unknownCredential } from './fixtures/passkey-world.js'

/** The headers that the column of a matrix stands for, by its name. */
type Headers = Readonly<Record<string, string>>

const sites: Readonly<Record<string, string | null>> = {
  'same-origin': 'same-origin',
  none: 'none',
  'same-site': 'same-site',
  'cross-site': 'cross-site',
  absent: null,
  unknown: 'sideways',
  twice: 'same-origin, cross-site',
  shouted: 'SAME-ORIGIN',
  empty: '',
}

const pages: Readonly<Record<string, Headers>> = {
  silent: {},
  own: { origin: publicUrl },
  trusted: { origin: 'https://admin.example.com:8443' },
  other: { origin: 'https://evil.example' },
  null: { origin: 'null' },
  port: { origin: `${publicUrl}:8443` },
  plain: { origin: publicUrl.replace('https', 'http') },
  prefix: { origin: `${publicUrl}.evil.example` },
  below: { origin: publicUrl.replace('//', '//x.') },
  upper: { origin: publicUrl.toUpperCase() },
  path: { origin: `${publicUrl}/auth` },
  both: { origin: `${publicUrl}, https://evil.example` },
  'r-own': { referer: `${publicUrl}/deep/page?x=1` },
  'r-trusted': { referer: 'https://admin.example.com:8443/' },
  'r-other': { referer: `https://evil.example/${publicUrl}` },
  'r-text': { referer: 'app.example.com' },
  'o-r': { origin: 'https://evil.example', referer: `${publicUrl}/` },
}

/**
 * Who may change something with a cookie, by Sec-Fetch-Site (down) and the page that Origin or Referer names (across).
 * `+`: may. What is not one of the four known words counts as if it were not there, as in Go's CrossOriginProtection.
 */
const verdicts = `
             silent own trusted other null port plain prefix below upper path both r-own r-trusted r-other r-text o-r
same-origin  +      +   +       +     +    +    +     +      +     +     +    +    +     +         +       +      +
none         +      +   +       +     +    +    +     +      +     +     +    +    +     +         +       +      +
same-site    -      +   +       -     -    -    -     -      -     -     -    -    -     -         -       -      -
cross-site   -      +   +       -     -    -    -     -      -     -     -    -    -     -         -       -      -
absent       +      +   +       -     -    -    -     -      -     -     -    -    +     +         -       -      -
unknown      +      +   +       -     -    -    -     -      -     -     -    -    +     +         -       -      -
twice        +      +   +       -     -    -    -     -      -     -     -    -    +     +         -       -      -
shouted      +      +   +       -     -    -    -     -      -     -     -    -    +     +         -       -      -
empty        +      +   +       -     -    -    -     -      -     -     -    -    +     +         -       -      -
`

/**
 * Which requests are looked at so, by operation and credential. `?`: as the matrix above says. `+`: from every page, since
 * no browser adds that credential by itself, or the operation does not look at it. Here are the routes that write cookies and
 * those of the host; the rows of the other routes follow from the credential that they need.
 */
const scope = `
                           none bearer key access-cookie refresh-cookie cookie+bearer
POST /auth/sign-up         ?    ?      ?   ?             ?              ?
POST /auth/sign-in         ?    ?      ?   ?             ?              ?
POST /auth/sign-in/second-factor ? ?   ?   ?             ?              ?
POST /auth/sign-in/passkey ?    ?      ?   ?             ?              ?
POST /auth/sign-in/email   ?    ?      ?   ?             ?              ?
POST /auth/sign-in/email/confirm ? ?   ?   ?             ?              ?
POST /auth/sign-in/:provider ?  ?      ?   ?             ?              ?
POST /auth/sign-in/:provider/token ? ? ?   ?             ?              ?
POST /auth/providers/redeem ?   ?      ?   ?             ?              ?
POST /auth/refresh         +    +      +   +             ?              +
POST /host                 +    +      +   ?             +              +
PUT /host                  +    +      +   ?             +              +
PATCH /host                +    +      +   ?             +              +
DELETE /host               +    +      +   ?             +              +
POST /host/optional        +    +      +   ?             +              +
GET /host                  +    +      +   +             +              +
GET /host/socket           +    +      +   ?             +              +
POST /auth/sign-out        +    +      +   ?             ?              ?
`

/** A matrix as its rows, each a mark by the name of the column. */
function rowsOf(matrix: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const [head = '', ...lines] = matrix.trim().split('\n')
  const columns = head.trim().split(/\s+/)
  return new Map(
    lines.map(line => {
      const words = line.trim().split(/\s+/)
      const marks = words.splice(-columns.length)
      return [words.join(' '), Object.fromEntries(columns.map((column, index) => [column, marks[index] ?? '']))]
    }),
  )
}

const [verdictRows, writtenRows] = [rowsOf(verdicts), rowsOf(scope)]

/** A request that reads nothing from the access cookie, or changes nothing, may come from every page. */
function rowOf(route: string, needed: CredentialNeeded): Readonly<Record<string, string>> {
  const isLookedAt = needed !== 'public' && !route.startsWith('GET ')
  const everywhere = { none: '+', bearer: '+', key: '+', 'refresh-cookie': '+', 'cookie+bearer': '+' }
  return { ...everywhere, 'access-cookie': isLookedAt ? '?' : '+' }
}

function addHostRoutes(app: FastifyInstance): void {
  const { authenticate, authenticateOptional } = app.fastAuth
  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/host',
    onRequest: authenticate,
    handler: async () => 'in',
  })
  app.route({ method: 'GET', url: '/host/socket', onRequest: authenticate, handler: async () => 'in' })
  app.route({ method: 'POST', url: '/host/optional', onRequest: authenticateOptional, handler: async () => 'in' })
}

/** Bodies with which the operations that look at the page last get so far, and no further. */
const bodies: Readonly<Record<string, object>> = {
  'POST /auth/sign-up': { email: 'unknown', password: ada.password },
  'POST /auth/sign-in': { email: ada.email, username: 'ada', password: ada.password },
  'POST /auth/sign-in/second-factor': { code: '123456' },
  'POST /auth/sign-in/passkey': { credential: unknownCredential },
  'POST /auth/sign-in/email': { email: 'unknown' },
  'POST /auth/sign-in/email/confirm': { code: '7777-7777' },
  'POST /auth/sign-in/:provider': { returnTo: 'unknown' },
  'POST /auth/sign-in/:provider/token': { idToken: 'unknown', nonce: 'unknown' },
  'POST /auth/providers/redeem': { code: 'unknown' },
  'POST /auth/refresh': {},
  'POST /auth/sign-out': {},
}

async function allRoutes(t: Test) {
  const found = new Map<string, CredentialNeeded>()
  const tested = await testApplication(t, {
    mail: true,
    options: {
      trustedOrigins: ['https://admin.example.com:8443'],
      usernames: true,
      profileSchema: Type.Object({}),
      ...everyRouteWithMail,
    },
    before: app => {
      app.addHook('onRoute', ({ method, url, schema }) => {
        for (const name of [method].flat()) found.set(`${name} ${url}`, credentialNeeded(schema))
      })
    },
    after: addHostRoutes,
  })
  const { accessToken } = await signUpForTokens(tested.app)
  const made = await tested.post('/api-keys', { name: 'deploy' }, bearer(accessToken))
  const accessCookie = `__Host-access_token=${accessToken}`
  const credentials: Readonly<Record<string, Headers>> = {
    none: {},
    bearer: bearer(accessToken),
    key: bearer(made.json().key),
    'access-cookie': { cookie: accessCookie },
    'refresh-cookie': { cookie: '__Secure-refresh_token=stale' },
    'cookie+bearer': { cookie: accessCookie, ...bearer(accessToken) },
  }
  await tested.mailbox.waitForMessage(ada.email)
  return { ...tested, found, credentials }
}

const { app, found, credentials, asked } = await allRoutes(t)
const foundRoutes = [...found].filter(([route]) => !route.startsWith('HEAD '))
const otherRows = foundRoutes
  .filter(([route]) => !writtenRows.has(route))
  .map(([route, needed]) => [route, rowOf(route, needed)] as const)
/** Signing out is last: it ends the session behind the cookies. */
const scopeRows = new Map([...otherRows, ...writtenRows])
let cells = 0

t.test('the matrices have every route, every credential, every word of Sec-Fetch-Site and every page', async t => {
  t.strictSame(foundRoutes.map(([route]) => route).toSorted(), [...scopeRows.keys()].toSorted())
  t.ok(otherRows.length > 20)
  t.equal(scopeRows.get('DELETE /auth/me')?.['access-cookie'], '?')
  t.equal(scopeRows.get('POST /auth/password/reset')?.['access-cookie'], '+')
  t.strictSame([...verdictRows.keys()], Object.keys(sites))
  for (const row of verdictRows.values()) t.strictSame(Object.keys(row), Object.keys(pages))
  for (const row of scopeRows.values()) t.strictSame(Object.keys(row).toSorted(), Object.keys(credentials).toSorted())
  const marks = [...verdictRows.values(), ...scopeRows.values()].flatMap(row => Object.values(row))
  t.ok(marks.every(mark => /^[-+?]$/.test(mark)))
})

/** A request that is refused behind the look at its page, before it does anything. */
function harmless(route: string, hasBody: boolean) {
  const [method = '', path = ''] = route.split(' ')
  const url = path.replace(':id', '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11').replace(':provider', 'acme')
  if (route in bodies) return { method: 'POST', url, payload: bodies[route] ?? {} } as const
  const body = hasBody && method !== 'GET' ? { payload: { x: 1 } } : {}
  return { method: method as 'POST', url: method === 'GET' ? url : `${url}?x=1`, ...body }
}

interface Cell {
  /** Its row and column in both matrices. */
  readonly name: string
  readonly headers: Headers
  readonly isToBeRefused: boolean
}

/** Every credential with every word of Sec-Fetch-Site and every page. */
function cellsOf(route: string, marks: Readonly<Record<string, string>>): readonly Cell[] {
  const upgrade: Headers = route.endsWith('/socket') ? { connection: 'Upgrade', upgrade: 'websocket' } : {}
  return Object.entries(credentials).flatMap(([credential, given]) =>
    [...verdictRows].flatMap(([site, row]) =>
      Object.entries(row).map(([page, verdict]) => {
        const word = sites[site] ?? null
        return {
          name: `${credential}, ${site}, ${page}`,
          headers: { ...upgrade, ...given, ...(word === null ? {} : { 'sec-fetch-site': word }), ...pages[page] },
          isToBeRefused: marks[credential] === '?' && verdict === '-',
        }
      }),
    ),
  )
}

for (const [route, marks] of scopeRows) {
  t.test(`${route} answers pages as the matrices say, with each credential`, async t => {
    const wrong: string[] = []
    for (const [index, { name, headers, isToBeRefused }] of cellsOf(route, marks).entries()) {
      cells += 1
      asked()
      const { statusCode, body, headers: answered } = await app.inject({ ...harmless(route, index % 2 === 0), headers })
      const isRefused = statusCode === 403 && body.includes('FAST_AUTH_CROSS_SITE_REQUEST')
      const isUntouched = asked().length === 0 && !('set-cookie' in answered)
      if (isRefused !== isToBeRefused || (isRefused && !isUntouched)) wrong.push(`${name}: ${body}`)
    }
    t.strictSame(wrong.slice(0, 5), [], `${wrong.length} are wrong`)
  })
}

t.test('a cell was asserted for each route, credential, word and page', async t => {
  t.equal(
    cells,
    scopeRows.size * Object.keys(credentials).length * Object.keys(sites).length * Object.keys(pages).length,
  )
})
