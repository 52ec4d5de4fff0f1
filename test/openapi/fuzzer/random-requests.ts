import { generateSync, type JsonSchema } from 'json-schema-faker'
import { components, type PublishedOperation } from './published-operations.js'

/** A request as it goes out, and what of it the document speaks of. */
export interface RandomRequest {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly payload?: string
  readonly params: Record<string, string>
  readonly query: Record<string, string>
  /** `undefined`: none, or none that is JSON. */
  readonly body: unknown
}

export interface RandomRequests {
  /** A request to the operation: as documented, or wrong in one way. */
  to(operation: PublishedOperation): RandomRequest
  /** Keeps every value of an answer by its name; later requests may use it for a field of that name. */
  learn(answer: unknown): void
}

type Random = (least: number, most: number) => number

/** Fields with these names mostly get one of these values; answers add none. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>

/** So many of the latest values of a name are remembered. */
const memory = 8

const strangeTexts = [
  '',
  ' ',
  'null',
  '\u0000',
  '\ud800',
  '💥'.repeat(40),
  '../../etc/passwd',
  'x'.repeat(600),
  '0',
  '-1',
]
const strangeValues: readonly unknown[] = [null, true, 0, -1, 1e300, 0.5, [], ['x'], {}, { x: 1 }, ...strangeTexts]
const strangeTypes = [
  'text/plain',
  'application/xml',
  'application/json; charset=utf-8',
  'application/merge-patch+json',
]

/**
 * Requests made of nothing but the document, with json-schema-faker, and of what was answered before. The same seed gives
 * the same requests to a server that answers in the same way.
 */
export function randomRequests(random: Random, vocabulary: Vocabulary): RandomRequests {
  const known = new Map<string, readonly unknown[]>(Object.entries(vocabulary))
  const chance = (percent: number) => random(1, 100) <= percent
  const one = <T>(values: readonly T[]): T | undefined => values[random(0, values.length - 1)]
  const strange = () => one(strangeValues)

  function remember(name: string, value: unknown): void {
    if (name in vocabulary) return
    const others = (known.get(name) ?? []).filter(other => other !== value)
    known.set(name, [...others, value].slice(-memory))
  }

  function learn(answer: unknown): void {
    if (typeof answer !== 'object' || answer === null) return
    for (const [name, value] of Object.entries(answer)) {
      if (typeof value === 'string') remember(name, value)
      else learn(value)
    }
  }

  function generated(schema: object): unknown {
    const named = '$ref' in schema ? components.schemas[String(schema.$ref).split('/').at(-1) ?? ''] : schema
    // The generator throws if it has to omit more than `minProperties` allows.
    const alwaysFakeOptionals = (named !== undefined && 'minProperties' in named) || chance(50)
    const [seed, useExamplesValue] = [random(1, 1e9), chance(20)]
    return generateSync({ ...schema, components } as JsonSchema, { seed, useExamplesValue, alwaysFakeOptionals })
  }

  /** Mostly a value that an earlier answer had under this name. */
  function familiar(name: string, made: unknown): unknown {
    const values = known.get(name) ?? []
    return values.length > 0 && chance(80) ? one(values) : made
  }

  function fields(made: unknown): unknown {
    if (typeof made !== 'object' || made === null || Array.isArray(made)) return made
    return Object.fromEntries(Object.entries(made).map(([name, value]) => [name, familiar(name, value)]))
  }

  /** The body with one field gone, another, of another kind, or not even an object. */
  function spoilt(body: unknown): unknown {
    if (typeof body !== 'object' || body === null || chance(15)) return strange()
    const names = Object.keys(body)
    const name = one(names) ?? 'x'
    if (chance(30)) return Object.fromEntries(Object.entries(body).filter(([other]) => other !== name))
    return { ...body, [chance(25) ? String(one(['x', 'id', 'role', '__proto__', 'toString'])) : name]: strange() }
  }

  function bodyOf({ requestBody }: PublishedOperation): Pick<RandomRequest, 'body' | 'payload'> & { type?: string } {
    if (requestBody === undefined) return { body: undefined }
    const made = fields(generated(requestBody.content['application/json']?.schema ?? {}))
    const body = chance(25) ? spoilt(made) : made
    const text = JSON.stringify(body) ?? ''
    if (chance(3)) return { body: undefined }
    if (chance(3)) return { body: undefined, payload: text.slice(0, -1), type: 'application/json' }
    if (chance(2)) return { body: undefined, payload: `{"x":"${'x'.repeat(20_000)}"}`, type: 'application/json' }
    if (chance(4)) return { body, payload: text, type: one(strangeTypes) ?? '' }
    return { body, payload: text, type: 'application/json' }
  }

  function textFor(name: string, schema: object = {}): string {
    return String(chance(10) ? one(strangeTexts) : familiar(name, generated(schema)))
  }

  function parametersOf({ parameters, path }: PublishedOperation, place: string): Record<string, string> {
    const nameOf = (name: string) => (name === 'id' && path.includes('/organizations/{id}') ? 'organizationId' : name)
    const isThere = (required = false) => required || chance(40)
    const found = parameters.filter(parameter => parameter.in === place && isThere(parameter.required))
    return Object.fromEntries(found.map(({ name, schema }) => [name, textFor(nameOf(name), schema)]))
  }

  /** A credential of a kind that the operation takes, or of another, or none. */
  function credential({ security }: PublishedOperation): Record<string, string> {
    if (chance(10)) return {}
    const taken = security.flatMap(requirement => Object.keys(requirement))
    const scheme = components.securitySchemes[one(chance(80) ? taken : Object.keys(components.securitySchemes)) ?? '']
    const kind = chance(75) ? (scheme?.name ?? 'accessToken') : String(one(['key', 'accessToken', 'refreshToken']))
    const token = String(one((known.get(kind) ?? []).slice(-2)) ?? 'x')
    if (scheme?.in === 'cookie') return { cookie: `${scheme.name}=${token}` }
    return { authorization: `Bearer ${token}` }
  }

  return {
    learn,
    to(operation) {
      const params = parametersOf(operation, 'path')
      const query = { ...parametersOf(operation, 'query'), ...(chance(4) ? { x: '1' } : {}) }
      const { body, payload, type } = bodyOf(operation)
      const path = operation.path.replace(/\{(\w+)\}/g, (_, name) =>
        encodeURIComponent((params[name] ?? '').toWellFormed()),
      )
      const search = new URLSearchParams(query).toString()
      const headers = {
        ...credential(operation),
        ...(chance(5) ? { 'sec-fetch-site': 'cross-site' } : {}),
        ...(type === undefined ? {} : { 'content-type': type }),
      }
      const url = search === '' ? path : `${path}?${search}`
      return {
        method: operation.method.toUpperCase(),
        url,
        headers,
        params,
        query,
        body,
        ...(payload !== undefined && { payload }),
      }
    },
  }
}
