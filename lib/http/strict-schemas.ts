import type { TSchema } from '@sinclair/typebox'
import type { ErrorObject, ValidateFunction } from 'ajv'
import type {
  FastifyInstance,
  FastifySchemaCompiler,
  FastifySchemaValidationError,
  FastifySerializerCompiler,
} from 'fastify'
import { isDeeperThan } from '../errors/is-deeper-than.js'
import { compiledFrom, type ScopeSchemas } from './compiled-schemas.js'
import { serializeErrorAnswer } from './error-answers.js'

type Problem = FastifySchemaValidationError

/** Finds a string or field name that cannot be stored faithfully: U+0000, or half of a surrogate pair. */
function unstorable(value: unknown, pointer: string): Problem | undefined {
  if (typeof value === 'string') {
    if (value.isWellFormed() && !value.includes('\0')) return undefined
    return {
      instancePath: pointer,
      keyword: 'wellFormed',
      message: 'must be well-formed Unicode without U+0000',
      schemaPath: '',
      params: {},
    }
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [field, inner] of Object.entries(value)) {
    const problem = unstorable(field, pointer) ?? unstorable(inner, `${pointer}/${field}`)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** Rewrites Ajv's problem to say what is allowed. Names an unknown field only if its name is safe to repeat. */
function named(problem: Problem): Problem {
  if (problem.keyword === 'minProperties') {
    return { ...problem, message: `must have at least ${problem.params.limit} of its fields` }
  }
  if (problem.keyword !== 'additionalProperties') return problem
  const field: unknown = problem.params.additionalProperty
  const name = typeof field === 'string' && /^\w{1,64}$/.test(field) ? `"${field}"` : 'one of its fields'
  return { ...problem, message: `must not have ${name}: it is not known here` }
}

/** Far deeper than a profile may be, and far below a depth that overflows the stack. */
const maximumDepth = 32

const tooDeep: Problem = {
  instancePath: '',
  keyword: 'depth',
  message: `must not be nested more than ${maximumDepth} deep`,
  schemaPath: '',
  params: {},
}

function strictly(compile: () => ValidateFunction) {
  let check: ValidateFunction | undefined
  return (value: unknown) => {
    if (isDeeperThan(maximumDepth, value)) return { error: [tooDeep] }
    check ??= compile()
    if (!check(value)) return { error: (check.errors as ErrorObject[]).map(named) }
    const problem = unstorable(value, '')
    return problem === undefined ? { value } : { error: [problem] }
  }
}

function serializing(compile: () => (value: unknown) => string) {
  let serialize: ((value: unknown) => string) | undefined
  return (value: unknown) => {
    serialize ??= compile()
    return serialize(value)
  }
}

const wholeNumber = /^(?:0|[1-9]\d{0,14})$/

/** A query is text: for an integer in the schema, only digits are converted. `2e1`, ` 2` and an empty text are not. */
function withNumbers({ properties }: TSchema, query: unknown): unknown {
  const read = ([name, text]: [string, unknown]) =>
    properties[name]?.type === 'integer' && typeof text === 'string' && wholeNumber.test(text)
      ? [name, Number(text)]
      : [name, text]
  return Object.fromEntries(Object.entries(Object(query)).map(read))
}

/**
 * Compiles the routes of `scope` with strict rules, independent of the host's configuration: nothing is coerced or stripped,
 * and every string can be stored. A schema is compiled when a request first needs it, once per process.
 */
export function useStrictSchemas(scope: FastifyInstance, schemas: ScopeSchemas): void {
  for (const schema of schemas.documented) scope.addSchema(schema)
  const { validatorOf, serializerOf } = compiledFrom(schemas)

  const validator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
    const check = strictly(() => validatorOf(schema))
    return httpPart === 'querystring' ? query => check(withNumbers(schema, query)) : check
  }
  const serializer: FastifySerializerCompiler<TSchema> = ({ schema, httpStatus }) =>
    Number(httpStatus) >= 400 ? serializeErrorAnswer : serializing(() => serializerOf(schema))

  scope.setValidatorCompiler(validator)
  scope.setSerializerCompiler(serializer)
}
