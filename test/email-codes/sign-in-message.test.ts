import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada } from '../support/account.js'
import { codeApplication, stranger } from '../support/code-application.js'
import { noon } from '../support/protected-application.js'

type Templates = NonNullable<NonNullable<FastAuthOptions['email']>['messages']>
type Input = Parameters<NonNullable<Templates['signIn']>>[0]

t.test('a template of the application gets the code, the link, and the owner of the account', async t => {
  const inputs: Input[] = []
  const messages: Templates = {
    signIn(input) {
      inputs.push(input)
      return { subject: `Your code:\n${input.code}`, text: input.code, html: `<p>${input.code}</p>` }
    },
  }
  const { ask, confirm, mailbox, user } = await codeApplication(t, { mail: { messages } })
  const { signInToken } = (await ask(ada.email, 'token')).json()
  const { subject, text, html } = await mailbox.waitForMessage(ada.email)
  t.match(text, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  t.strictSame([subject, html], [`Your code: ${text}`, `<p>${text}</p>`])
  t.hasStrict(inputs, [
    {
      to: ada.email,
      appName: 'app.example.com',
      code: text,
      link: `https://app.example.com/auth/sign-in/email#token=${text.replace('-', '').toLowerCase()}`,
      expiresAt: noon + 600_000,
      user: { id: user.id, email: ada.email },
    },
  ])
  t.notOk('passwordHash' in Object(inputs[0]?.user))
  t.equal((await confirm({ code: text, signInToken })).statusCode, 200)
})

t.test('a template gets no owner for the code of a new address', async t => {
  const owners: unknown[] = []
  const messages: Templates = {
    signIn({ user, code }) {
      owners.push(user)
      return { subject: 'x', text: code, html: code }
    },
  }
  const options = { emailSignIn: { signUp: true } }
  const { ask, mailbox } = await codeApplication(t, { mail: { messages }, options })
  await ask(stranger)
  await mailbox.waitForMessage(stranger)
  t.strictSame(owners, [null])
})

t.test('the message of a user who is deleted in the meantime is not sent', async t => {
  const storage = memoryStorage()
  const { findByEmail } = storage.users
  const deleting = {
    ...storage,
    users: {
      ...storage.users,
      async findByEmail(request: Parameters<typeof findByEmail>[0]) {
        const user = await findByEmail(request)
        if (user !== null) await storage.users.delete({ userId: user.id, now: noon })
        return user
      },
    },
  }
  const { ask, everythingTo } = await codeApplication(t, { options: { storage: deleting } })
  t.equal((await ask()).statusCode, 202)
  t.strictSame(await everythingTo(ada.email), [])
})

t.test('the message says when the code expires, and warns of giving the code away', async t => {
  const { ask, codeMessage } = await codeApplication(t, { mail: { appName: 'Orchard' } })
  await ask()
  const { subject, text, html } = await codeMessage(ada.email)
  t.match(subject, /^[0-9A-Z]{4}-[0-9A-Z]{4} is your sign-in code for Orchard$/)
  for (const body of [text, html]) {
    t.match(body, /12:10/)
    t.match(body, /Never give the code to anyone/)
    t.match(body, /in the same browser/)
  }
})
