import t from 'tap'
import { linksIn, tokenIn } from '../../lib/testing/index.js'

const token = 'Abc-_'.repeat(8)
const page = 'https://app.example.com/welcome'

t.test('links are found wherever they stand in the text', t => {
  const text = `See http://example.com/a?b=c\nand <${page}#token=${token}>, or "${page}"`
  t.strictSame(linksIn({ text }), ['http://example.com/a?b=c', `${page}#token=${token}`, page])
  t.strictSame(linksIn({ text: 'No link' }), [])
  t.end()
})

t.test('the token is that of the first link with one', t => {
  const text = `${page}\n${page}#token=${token}.\n${page}#token=other`
  t.equal(tokenIn({ subject: 'Welcome', text }), token)
  t.end()
})

t.test('a message without a token throws, and the error says nothing of its text', t => {
  const throwing = () => tokenIn({ subject: 'Welcome', text: `${page}#a-secret` })
  t.throws(throwing, { message: /^The message "Welcome" has no link with a token$/ })
  t.end()
})
