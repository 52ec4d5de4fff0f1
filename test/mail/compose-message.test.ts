import t from 'tap'
import type { UserRecord } from '../../lib/composition/storage.js'
import { createComposer } from '../../lib/mail/compose-message.js'
import { createLinks } from '../../lib/mail/links.js'
import { messageTemplates } from '../../lib/mail/templates/index.js'
import type { LinkMessageInput, NoticeMessageInput } from '../../lib/mail/templates/message-template.js'
import { newOneTimeToken } from '../../lib/tokens/one-time-token.js'

const { token } = newOneTimeToken()
const linkTo = createLinks({ publicUrl: 'https://app.example.com', routesPath: '/auth' })
const to = 'ada@example.com'
const expiresAt = 1_800_000_000_000
const reset = { kind: 'resetPassword', to, token, expiresAt } as const
/** Has no user. */
const users = { find: async () => null }
const link = `https://app.example.com/auth/password/reset#token=${token}`

t.test('a message has the plugin’s text if the application has no template of its own', async t => {
  const compose = createComposer({ appName: 'Orchard', linkTo, users })
  t.same(await compose(reset, null), messageTemplates.resetPassword({ to, appName: 'Orchard', link, expiresAt }))
  t.same(await compose({ kind: 'addressTaken', to }, null), messageTemplates.addressTaken({ to, appName: 'Orchard' }))
})

t.test('the words of the application are given the link and its end, and are what is sent', async t => {
  const inputs: LinkMessageInput[] = []
  const resetPassword = async (input: LinkMessageInput) => {
    inputs.push(input)
    return { subject: 'Bonjour', text: 'texte', html: '<p>texte</p>' }
  }
  const compose = createComposer({ appName: 'Orchard', linkTo, users, messages: { resetPassword } })
  t.same(await compose(reset, null), { subject: 'Bonjour', text: 'texte', html: '<p>texte</p>' })
  t.same(inputs, [{ to, appName: 'Orchard', user: null, link, expiresAt }])
})

t.test('a notice in words of the application is given no link', async t => {
  const inputs: NoticeMessageInput[] = []
  const passwordChanged = (input: NoticeMessageInput) => {
    inputs.push(input)
    return { subject: 's', text: 't', html: 'h' }
  }
  const compose = createComposer({ appName: 'Orchard', linkTo, users, messages: { passwordChanged } })
  t.equal((await compose({ kind: 'passwordChanged', to }, null)).subject, 's')
  t.same(inputs, [{ to, appName: 'Orchard', user: null }])
})

t.test('kinds that the application leaves out, or undefined, keep the words of the plugin', async t => {
  const compose = createComposer({ appName: 'Orchard', linkTo, users, messages: { resetPassword: undefined } })
  t.match((await compose(reset, null)).subject, 'Set a new password')
  t.match((await compose({ kind: 'passwordChanged', to }, null)).subject, 'was changed')
})

t.test('a subject is one line, whatever the application is called', async t => {
  const compose = createComposer({ appName: 'Orchard\r\nBcc: eve@example.com\n', linkTo, users })
  t.equal((await compose(reset, null)).subject, 'Set a new password for Orchard Bcc: eve@example.com')
})

t.test('an error of the application’s template is rethrown', async t => {
  const passwordChanged = () => {
    throw new Error('no template')
  }
  const compose = createComposer({ appName: 'Orchard', linkTo, users, messages: { passwordChanged } })
  await t.rejects(compose({ kind: 'passwordChanged', to }, null), { message: 'no template' })
})

t.test(
  'a template of the application is given the owner of the account; the templates of the plugin cause no read',
  async t => {
    const read: string[] = []
    const ada = { id: 'ada', profile: { locale: 'de' } } as unknown as UserRecord
    const compose = createComposer({
      appName: 'Orchard',
      linkTo,
      users: {
        async find({ userId }) {
          read.push(userId)
          return userId === 'ada' ? ada : null
        },
      },
      messages: { passwordChanged: ({ user }) => ({ subject: String(user?.profile.locale), text: 't', html: 'h' }) },
    })
    t.equal((await compose({ kind: 'passwordChanged', to }, 'ada')).subject, 'de')
    const toDeleted = await compose({ kind: 'passwordChanged', to }, 'deleted')
    t.equal(toDeleted.subject, 'undefined')
    await compose(reset, 'ada')
    t.same(read, ['ada', 'deleted'], 'read for the one template that the application has')
  },
)
