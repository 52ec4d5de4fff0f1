import t from 'tap'
import { redactedError } from '../../lib/email/redacted-error.js'

const token = 'Zk3-token-that-nobody-may-read'

t.test('a server that repeats the message in its refusal does not bring the token into the log', async t => {
  const refusal = Object.assign(new TypeError(`550 blocked: https://a.example/#token=${token}`), {
    code: `E${token}`,
    response: `550 ${token}`,
    cause: new Error(token),
  })
  const error = redactedError(refusal, token)
  const everything = [error.message, error.stack, ...Object.entries(error), error.cause].join()
  t.notOk(everything.includes(token))
  t.match(error, { name: 'TypeError', message: '550 blocked: https://a.example/#token=[token]', code: 'E[token]' })
})

t.test('the stack says where it happened, and an error without code gets none', async t => {
  const error = redactedError(new Error('lost'), null)
  t.match(error.stack, /redacted-error\.test/)
  t.notOk('code' in error)
})

t.test('an error without a stack, and a thrown text, are errors all the same', async t => {
  const bare = new Error('bare')
  Reflect.deleteProperty(bare, 'stack')
  Object.defineProperty(bare, 'stack', { value: undefined })
  t.equal(redactedError(bare, token).stack, 'bare')
  t.equal(redactedError(`thrown ${token}`, token).message, 'thrown [token]')
})
