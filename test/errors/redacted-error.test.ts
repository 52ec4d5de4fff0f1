import t from 'tap'
import { redactedError } from '../../lib/errors/redacted-error.js'

const secret = 'Zk3-token-that-must-not-be-logged'
const redact = (text: string) => text.replaceAll(secret, '[secret]')

/** Everything that a logger may write of an error. */
function everythingOf(error: Error): string {
  const own = Object.getOwnPropertyNames(error).map(name => JSON.stringify(Reflect.get(error, name)))
  return [...own, error.cause instanceof Error ? everythingOf(error.cause) : ''].join()
}

t.test(
  'a secret in the message, the stack, the code, a cause or any other property is not in the redacted error',
  async t => {
    const cause = Object.assign(new Error(`caused by ${secret}`), { command: { args: [secret] } })
    const refusal = Object.assign(new TypeError(`550 blocked: https://a.example/#token=${secret}`, { cause }), {
      code: `E${secret}`,
      response: `550 ${secret}`,
      parameters: [secret],
    })
    const error = redactedError(refusal, redact)
    t.notOk(everythingOf(error).includes(secret))
    const { name, message, cause: redactedCause } = error
    t.strictSame([name, message], ['TypeError', '550 blocked: https://a.example/#token=[secret]'])
    t.equal(Reflect.get(error, 'code'), 'E[secret]')
    t.equal(Reflect.get(Object(redactedCause), 'message'), 'caused by [secret]')
    t.same(Object.keys(error), ['code'])
  },
)

t.test('name, message, code, constraint and the frames of the stack are kept', async t => {
  const error = redactedError(
    Object.assign(new RangeError('lost'), { code: '23503', constraint: 'posts_author', detail: 'x' }),
  )
  t.match(error.stack, /^RangeError: lost\n {4}at .*redacted-error\.test/)
  t.strictSame([error.name, error.message], ['RangeError', 'lost'])
  t.hasStrict(error, { code: '23503', constraint: 'posts_author' })
  t.notOk('detail' in error)
})

t.test('an error without a stack, a code that is no text and a thrown text make errors too', async t => {
  const bare = Object.assign(new Error('bare'), { code: 19 })
  Object.defineProperty(bare, 'stack', { value: undefined })
  t.equal(redactedError(bare).stack, 'Error: bare')
  t.notOk('code' in redactedError(bare))
  t.equal(redactedError(`thrown ${secret}`, redact).message, 'thrown [secret]')
})

t.test('the errors of an AggregateError without a message of its own are its message', async t => {
  const refused = [new Error('connect ECONNREFUSED ::1:5432'), new Error('connect ECONNREFUSED 127.0.0.1:5432')]
  t.equal(redactedError(new AggregateError(refused)).message, refused.map(({ message }) => message).join('; '))
  t.equal(redactedError(new AggregateError(refused, 'both')).message, 'both')
})

t.test('causes are kept as deep as asked, and a chain that leads back to its beginning ends', async t => {
  const first = new Error('first')
  const second = new Error('second', { cause: first })
  first.cause = second
  let depth = 0
  for (let error: unknown = redactedError(second); error instanceof Error; error = error.cause) depth += 1
  t.equal(depth, 6)
  t.equal(redactedError(second, undefined, 0).cause, undefined)
})
