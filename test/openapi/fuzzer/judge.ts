import requestValidator from 'openapi-request-validator'
import responseValidator from 'openapi-response-validator'
import { components, type PublishedOperation } from './published-operations.js'
import type { RandomRequest } from './random-requests.js'

const { default: RequestValidator } = requestValidator
const { default: ResponseValidator } = responseValidator

const customFormats = {
  'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text),
  uuid: (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
}

export interface Answer {
  readonly status: number
  readonly contentType: string | null
  readonly text: string
}

/** Returns the differences between an answer and the document. */
export type Judge = (request: RandomRequest, answer: Answer) => readonly string[]

/** A judge of one operation's answers, who knows its part of openapi.yml and nothing of the code behind. */
export function judgeOf({ responses, parameters, requestBody }: PublishedOperation): Judge {
  const { schemas } = components
  const answers = new ResponseValidator({ responses: responses as never, components: { schemas }, customFormats })
  const requests = new RequestValidator({
    parameters,
    ...(requestBody && { requestBody }),
    schemas: schemas as never,
  })

  function problemOfContent({ status, contentType, text }: Answer): string[] {
    const content = responses[status]?.content
    if (content === undefined) return text === '' ? [] : ['there is a body that is not documented']
    const type = contentType?.split(';')[0] ?? 'none'
    return type in content ? [] : [`the content type ${type} is not documented`]
  }

  function problemOfBody({ status, contentType, text }: Answer): string[] {
    const isJson = contentType?.startsWith('application/json') ?? false
    const problem = answers.validateResponse(status, isJson ? JSON.parse(text) : text === '' ? null : text)
    return problem ? [`${problem.message} ${JSON.stringify(problem.errors)}`] : []
  }

  const numbers = parameters.filter(({ schema = {} }) => 'type' in schema && schema.type === 'integer')

  /** A query is text; if the document demands a number, digits are one. */
  function withNumbers(query: Readonly<Record<string, string>>): Record<string, unknown> {
    const read = ([name, value]: [string, string]) =>
      numbers.some(number => number.name === name) && /^\d+$/.test(value) ? [name, Number(value)] : [name, value]
    return Object.fromEntries(Object.entries(query).map(read))
  }

  /** Whether the server did what, by its document, it refuses to do. */
  function problemOfLeniency(request: RandomRequest, { status }: Answer): string[] {
    if (status >= 400) return []
    const headers = request.body === undefined ? {} : { 'content-type': 'application/json' }
    const asked = { ...request, query: withNumbers(request.query), headers }
    const problem = requests.validateRequest(asked)
    return problem ? [`the request should have been refused: ${JSON.stringify(problem.errors)}`] : []
  }

  return (request, answer) => [
    ...problemOfContent(answer),
    ...problemOfBody(answer),
    ...problemOfLeniency(request, answer),
  ]
}
