import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { type TSchema, Type } from '@sinclair/typebox'
import bcrypt from 'bcrypt'
import fc, { type Arbitrary } from 'fast-check'
import type { LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import { setUpTotp, signInWithTotp, signUpUser } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { everyRouteWithMail } from '../support/every-route.js'
import { operationsWithSecondFactor as operations } from '../support/operations.js'
import { noon } from '../support/protected-application.js'
import { testApplication } from '../support/test-application.js'
import { right, type Wrong, wrong, wrongObjects } from './wrong-values.js'

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000)

const profileSchema = Type.Object(
  {
    nickname: Type.Optional(Type.String({ maxLength: 20 })),
    age: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
    address: Type.Optional(Type.Object({ city: Type.String() }, { additionalProperties: false })),
    pets: Type.Optional(
      Type.Array(Type.Object({ name: Type.String() }, { additionalProperties: false }), { maxItems: 3 }),
    ),
    plan: Type.Optional(Type.String({ readOnly: true })),
  },
  { additionalProperties: false },
)

interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly body?: TSchema
  readonly querystring: TSchema
  readonly params?: TSchema
}

/** An app with every route, and what each of them validates with. */
async function allRoutes(t: Test) {
  const routes = new Map<string, Route>()
  const tested = await testApplication(t, {
    mail: true,
    options: { profileSchema, usernames: true, ...everyRouteWithMail },
    before(app) {
      app.addHook('onRoute', function ({ method, url, schema }) {
        const { operationId, body, querystring, params } = Object(schema)
        if (operationId === undefined || method === 'HEAD') return
        const whole = body?.$ref && this.getSchema(body.$ref.replace('#', ''))
        routes.set(operationId, { method: method as Route['method'], url, body: whole as TSchema, querystring, params })
      })
    },
  })
  const { secret } = await setUpTotp(await signUpUser(tested.app, ada), { at: noon })
  const { accessToken } = await signInWithTotp(tested.app, { ...ada, secret, at: noon + 30_000 })
  for (let message = 0; message < 2; message += 1) await tested.mailbox.waitForMessage(ada.email)
  return { ...tested, routes, headers: bearer(accessToken) }
}

const { app, routes, headers, asked, events } = await allRoutes(t)
const id = '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'
let cases = 0
const calls: string[] = []
const hashed = t.capture(bcrypt, 'hash', bcrypt.hash)
asked()
events.length = 0

/** Returns the problem of a refusal, or `null`. A token that cannot be one gets the answer of every other bad token. */
function problem({ statusCode, body }: LightMyRequestResponse, name: string): string | null {
  const { code, message }: { code: string; message: string } = JSON.parse(body)
  const isNamed = code === 'FST_ERR_VALIDATION' && message.includes(name)
  const isBadLink = code === 'FAST_AUTH_ONE_TIME_TOKEN_INVALID' && (name === 'token' || name === 'invitationToken')
  return statusCode === 400 && (isNamed || isBadLink) ? null : `${statusCode} ${body}`
}

/** Sends as many cases as are asked for, and asserts that each is refused with the name of what is wrong. */
async function refusesEach(
  t: Test,
  numRuns: number,
  wrongs: Arbitrary<Wrong>,
  send: (value: never) => Promise<LightMyRequestResponse>,
): Promise<void> {
  const property = fc.asyncProperty(wrongs, async ({ value, name }) => {
    cases += 1
    const found = problem(await send(value as never), name)
    if (found !== null) throw new Error(found)
  })
  await t.resolves(fc.assert(property, { seed, numRuns }), `FUZZ_SEED=${seed}`)
  calls.push(...asked())
}

/** A query is text: the text of a whole number is right for a parameter that is one, and -0 has the text of 0. */
function isRightAsText({ type, minimum, maximum }: TSchema, text: string): boolean {
  const isWhole = type === 'integer' && /^(?:0|[1-9]\d{0,14})$/.test(text)
  return isWhole && Number(text) >= minimum && Number(text) <= maximum
}

const withBody = operations.filter(([name]) => routes.get(name)?.body !== undefined)
const path = (url: string, given: Readonly<Record<string, string>> = {}) =>
  url.replaceAll(/:(\w+)/g, (_, name) => encodeURIComponent(given[name] ?? (name === 'provider' ? 'acme' : id)))
const send = ({ method, url }: Route, payload: string) =>
  app.inject({ method, url: path(url), payload, headers: { ...headers, 'content-type': 'application/json' } })

/** Its fields are tested with the sign-ups of providers. */
const onlyWithRequiredProfile = 'finishProviderSignUp'

t.test('the app has every operation', async t => {
  t.strictSame(
    [...routes.keys()].filter(name => !name.endsWith('Page')).sort(),
    operations.flatMap(([name]) => (name === onlyWithRequiredProfile ? [] : name)).sort(),
  )
})

for (const [name] of withBody) {
  const route = routes.get(name)
  const schema = route?.body
  if (route === undefined || schema === undefined) throw new Error(`${name} has no route`)

  t.test(`${name} refuses a body with a field of another kind, missing or unknown, and names it`, t =>
    refusesEach(t, 600, wrongObjects(schema), value => send(route, JSON.stringify(value))),
  )

  t.test(`${name} refuses a body that is no object`, t => {
    const others = wrong(Type.Unsafe({ type: 'object' })).map(value => ({ value, name: 'body' }))
    return refusesEach(t, 60, others, value => send(route, JSON.stringify(value)))
  })

  t.test(`${name} reads the last of two fields of one name, and refuses it if it is invalid`, t => {
    const names = Object.keys(schema.properties)
    const twice = fc.constantFrom(...names).chain(name =>
      wrong(schema.properties[name]).map(value => {
        const whole = JSON.stringify({ ...Object(right(schema)), [name]: right(schema.properties[name]) })
        return { value: `${whole.slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`, name }
      }),
    )
    return refusesEach(t, 60, twice, value => send(route, value))
  })
}

for (const [name, { method, url, querystring, params, body }] of routes) {
  if (name.endsWith('Page')) continue

  // Providers add parameters to the callback.
  if (name !== 'finishProviderSignIn')
    t.test(`${name} refuses a query with a parameter that is wrong, repeated or unknown`, t => {
      const names = Object.keys(querystring.properties)
      const unknown = fc
        .constantFrom('x', 'token', 'access_token', 'toString', 'id')
        .map(name => ({ value: `${name}=1`, name }))
      const repeated = names.map(name => fc.constant({ value: `${name}=1&${name}=2`, name }))
      const text = (schema: TSchema) =>
        wrong(schema).filter(
          value => (typeof value === 'string' || typeof value === 'number') && !isRightAsText(schema, String(value)),
        )
      const bad = names.map(name =>
        text(querystring.properties[name]).map(value => ({
          value: new URLSearchParams({ [name]: String(value) }).toString(),
          name,
        })),
      )
      const payload = method === 'GET' ? {} : { payload: Object(body === undefined ? {} : right(body)) }
      return refusesEach(t, 60, fc.oneof(unknown, ...repeated, ...bad), value =>
        app.inject({ method, url: `${path(url)}?${value}`, headers, ...payload }),
      )
    })

  for (const parameter of Object.keys(params?.properties ?? {})) {
    t.test(`${name} refuses a ${parameter} that is none`, t => {
      const ids = fc
        .string({ minLength: 1, maxLength: 90, unit: 'binary' })
        .filter(text => !/[/\0]/.test(text) && text.isWellFormed())
      const wrongs = fc
        .oneof(ids, fc.constantFrom('%00', '..%2f', `${id}0`, id.slice(1), 'null'))
        .map(value => ({ value, name: parameter }))
      return refusesEach(t, 200, wrongs, value =>
        app.inject({ method, url: path(url, { [parameter]: value }), headers }),
      )
    })
  }
}

const deep = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels)
const json = 'application/json'
const anAddress = '{"email":"ada@example.com"}'

/** Bodies that are wrong before any schema looks at them, their types, and what they are answered with. */
const unreadable: Readonly<
  Record<string, readonly [type: string, body: string | Buffer | (() => Readable), status: number]>
> = {
  'lists in lists': [json, deep('[', ']', 8000), 400],
  'objects in objects': [json, `${'{"a":'.repeat(2700)}1${'}'.repeat(2700)}`, 400],
  'a deep profile': [json, `{"profile":${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}}`, 400],
  'lists that are not closed': [json, '['.repeat(16_000), 400],
  __proto__: [json, '{"__proto__":{"role":"admin"}}', 400],
  'an escaped __proto__': [json, '{"\\u005f\\u005fproto__":{"role":"admin"}}', 400],
  'a deep __proto__': [json, '{"profile":{"x":[{"__proto__":null}]}}', 400],
  'constructor.prototype': [json, '{"constructor":{"prototype":{"role":"admin"}}}', 400],
  'half a text': [json, '{"email":"ada@exam', 400],
  'a number that is none': [json, '{"overlapSeconds":NaN}', 400],
  'Latin-1': [`${json}; charset=latin1`, Buffer.from('{"email":"\xe9"}', 'latin1'), 400],
  'UTF-16': [`${json}; charset=utf-16`, Buffer.from('{"email":"a"}', 'utf16le'), 400],
  'UTF-7': [`${json}; charset=utf-7`, '{+ACI-email+ACI-:1}', 400],
  'compressed bytes': [json, gzipSync('{}'), 400],
  'more than 16 KiB': [json, `{"x":"${'x'.repeat(16_400)}"}`, 413],
  'more than 16 KiB in pieces': [json, () => Readable.from(['{"x":"', 'x'.repeat(9000), 'x'.repeat(9000), '"}']), 413],
  'a form': ['application/x-www-form-urlencoded', 'email=ada%40example.com', 415],
  text: ['text/plain', anAddress, 415],
  'a patch': ['application/merge-patch+json', anAddress, 415],
  'two types': ['application/json, text/plain', anAddress, 415],
  'no type': ['', anAddress, 415],
}

for (const [what, [type, body, status]] of Object.entries(unreadable)) {
  t.test(`every operation that changes something answers ${what} with ${status}`, async t => {
    for (const [name, { method, url }] of routes) {
      // The callback takes forms, and is tested with them.
      if (method === 'GET' || name === 'receiveProviderForm') continue
      cases += 1
      const payload = typeof body === 'function' ? body() : body
      const sent = { ...headers, ...(type === '' ? {} : { 'content-type': type }) }
      const answer = await app.inject({ method, url: path(url), payload, headers: sent })
      t.equal(answer.statusCode, status, `${name}: ${answer.body}`)
      t.equal(answer.json().statusCode, status)
    }
    calls.push(...asked())
  })
}

t.test(
  'of ten thousand requests and more that were wrong none came to the storage, to a hash or to an event',
  async t => {
    t.ok(cases >= 10_000, `${cases} cases`)
    // The server reads the feed without a request.
    const ofRequests = calls.filter(method => method !== 'revocations.list')
    t.strictSame([ofRequests, hashed(), events], [[], [], []])
  },
)
