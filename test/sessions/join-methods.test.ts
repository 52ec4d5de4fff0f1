import t from 'tap'
import { joinMethods } from '../../lib/features/sessions/join-methods.js'

t.test('further methods of a session follow the ones it has, each once', async t => {
  t.strictSame(joinMethods({ methods: ['password'] }, ['totp']), ['password', 'totp'])
  t.strictSame(joinMethods({ methods: ['password', 'totp'] }, ['password']), ['password', 'totp'])
  t.strictSame(joinMethods({ methods: ['email'] }, ['recoveryCode', 'password', 'recoveryCode']), [
    'email',
    'recoveryCode',
    'password',
  ])
  t.strictSame(joinMethods({ methods: [] }, []), [])
})

t.test('the methods of the stored session stay as they are', async t => {
  const session = { methods: Object.freeze(['password'] as const) }
  joinMethods(session, ['totp'])
  t.strictSame(session.methods, ['password'])
})
