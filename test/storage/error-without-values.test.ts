import t from 'tap'
import { errorWithoutValues } from '../../lib/storage/error-without-values.js'

t.test('no text of the request is in the message of its error, however deep it lies in the request', async t => {
  const request = {
    user: { passwordHash: '$argon2id$hash', email: 'ada@example.com' },
    messages: [{ sealed: 'c2VhbGVk' }],
  }
  const error = new Error('refused $argon2id$hash of ada@example.com, c2VhbGVk')
  t.equal(errorWithoutValues(error, request).message, 'refused [value] of [value], [value]')
})

t.test('a text that is a part of another doesn’t leave the rest of the other behind', async t => {
  const request = { short: 'abcdef', long: 'abcdef-and-the-secret-rest' }
  t.equal(errorWithoutValues(new Error('at abcdef-and-the-secret-rest'), request).message, 'at [value]')
})

t.test('short texts, numbers and null leave the message as it is', async t => {
  const message = 'relation "fast_auth_users" has 1 column'
  const request = { kind: 'users', count: 1, none: null, on: true }
  t.equal(errorWithoutValues(new Error(message), request).message, message)
  t.equal(errorWithoutValues(new Error(message), undefined).message, message)
})

t.test(
  'a value that the server repeats from elsewhere is dropped, and the names of keys and columns are kept',
  async t => {
    const shortened = {
      "Duplicate entry 'x' y' for key 'by_email'": "Duplicate entry [value] for key 'by_email'",
      "Incorrect string value: '\\xF0' for column 'name' at row 1":
        "Incorrect string value: [value] for column 'name' at row 1",
      "Truncated incorrect DOUBLE value: 'hash'": 'Truncated incorrect DOUBLE value: [value]',
      "ERR unknown command 'EVALSHA', with args beginning with: 'a' 'hash' ": "ERR unknown command 'EVALSHA'",
      'invalid input syntax for type json: "hash "quoted""': 'invalid input syntax for type json: [value]',
      "Table 'app.fast_auth_users' doesn't exist": "Table 'app.fast_auth_users' doesn't exist",
      'relation "fast_auth_users" does not exist': 'relation "fast_auth_users" does not exist',
    }
    for (const [message, expected] of Object.entries(shortened))
      t.equal(errorWithoutValues(new Error(message), {}).message, expected)
  },
)
