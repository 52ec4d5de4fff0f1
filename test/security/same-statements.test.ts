import t, { type Test } from 'tap'
import { ada } from '../support/account.js'
import { loggedSqlite } from './fixtures/logged-sqlite.js'
import { expectAlike, refusedGuesses } from './fixtures/statements-of-codes.js'
import {
  expectInvitationsAlike,
  invitationsOfAddresses,
  statementsOfSizes,
} from './fixtures/statements-of-invitations.js'
import { expectCodesAlike, refusedCodes, statementsOfCodeRequests } from './fixtures/statements-of-mailed-codes.js'
import { expectUsesAlike, refusedUses } from './fixtures/statements-of-passkeys.js'
import { type Statements, statementsOfRequests } from './fixtures/statements-of-requests.js'

function expectEach(t: Test, statements: Statements, expected: readonly string[]): void {
  for (const [owner, kinds] of Object.entries(statements)) t.strictSame(kinds, expected, owner)
}

const step = (...kinds: readonly string[]) => ['begin', ...kinds, 'commit']
const mailed = [
  'select users',
  ...step('select users', 'delete one_time_tokens', 'insert one_time_tokens', 'insert outbox'),
]
const created = step('select users', 'select users', 'insert users', 'insert one_time_tokens', 'insert outbox')

t.test('a request for a reset link runs the same statements for known and unknown addresses', async t => {
  const { resetRequest } = await statementsOfRequests(t, await loggedSqlite())
  expectEach(t, await resetRequest(), mailed)
})

t.test('a request for a confirmation link runs the same statements for known and unknown addresses', async t => {
  const { confirmationRequest } = await statementsOfRequests(t, await loggedSqlite())
  expectEach(t, await confirmationRequest(), mailed)
})

t.test('a sign-up that needs confirmation runs the same statements for taken and free addresses', async t => {
  const { signUp } = await statementsOfRequests(t, await loggedSqlite())
  expectEach(t, await signUp(), created)
})

t.test('a wrong password runs the same statements for known and unknown addresses', async t => {
  const { wrongPassword } = await statementsOfRequests(t, await loggedSqlite())
  expectEach(t, await wrongPassword(), ['select users'])
})

t.test('a change of address runs the same statements for taken and free addresses', async t => {
  const { emailChange } = await statementsOfRequests(t, await loggedSqlite())
  const issued = ['select users', 'select sessions', 'delete one_time_tokens', 'insert one_time_tokens']
  expectEach(t, await emailChange(), ['select users', 'select users', ...step(...issued, 'insert outbox')])
})

t.test('a sign-up past the count of its address runs the same statements for taken and free addresses', async t => {
  const { storage, log } = await loggedSqlite()
  const limits = { mailsPerAddressPerHour: 1, requestsPerMinute: 0, costlyRequestsPerMinute: 0 }
  const { app, post } = await statementsOfRequests(t, { storage, log }, { limits })
  const free = { email: 'cat@example.com', password: ada.password }
  await post('/sign-up', free)
  const cat = await storage.users.findByEmail({ email: free.email })
  await app.fastAuth.deleteUser(String(cat?.id))
  for (const account of [free, ada]) {
    log.take()
    t.equal((await post('/sign-up', account)).statusCode, 202)
    t.strictSame(log.take(), created, account.email)
  }
})

t.test(
  'a second factor that is refused runs the same statements, and gets the same answer, whatever the reason',
  async t => {
    const guesses = await refusedGuesses(t, await loggedSqlite())
    expectAlike(t, guesses)
    const { codes, recoveryCodes } = guesses
    t.equal(codes.wrong.statements.length, 2, 'the user, and the factors')
    t.ok(recoveryCodes.unknown.statements.length > 2, 'the user, and the step that would open the session')
  },
)

t.test('a passkey that is refused runs the same statements, and gets the same answer, whatever the reason', async t => {
  const uses = await refusedUses(t, await loggedSqlite())
  expectUsesAlike(t, uses)
  t.strictSame(uses.unknown.statements, ['select passkeys'])
})

for (const signUp of [false, true])
  t.test(`with signUp ${signUp}, a request for a mailed code runs the same statements for every address`, async t => {
    const requests = await statementsOfCodeRequests(t, await loggedSqlite(), { signUp })
    const issued = step('select users', 'update sign_in_codes', 'insert sign_in_codes', 'insert outbox')
    t.equal(Object.keys(requests).length, 8)
    for (const [which, statements] of Object.entries(requests))
      t.strictSame(statements, ['select users', ...issued], which)
  })

t.test(
  'a mailed code that is refused runs the same statements, and gets the same answer, whatever the reason',
  async t => {
    const refusals = await refusedCodes(t, await loggedSqlite())
    expectCodesAlike(t, refusals)
    const { statements } = refusals.unknown
    t.strictSame(statements, step('select sign_in_codes', 'select users', 'select users', 'update sign_in_codes'))
  },
)

t.test('an invitation runs the same statements, and gets the same answer for every address', async t => {
  const invitations = await invitationsOfAddresses(t, await loggedSqlite())
  expectInvitationsAlike(t, invitations)
})

t.test('the statements of a switch, a list and a check of a role do not grow with the organisation', async t => {
  const { few, many } = await statementsOfSizes(t, await loggedSqlite())
  t.strictSame(many, few)
  t.equal(few.list?.length, 1)
  t.equal(few.role?.length, 1)
})
