import t from 'tap'
import { createLinks } from '../../lib/mail/links.js'
import { newOneTimeToken } from '../../lib/tokens/one-time-token.js'

const { token } = newOneTimeToken()

t.test('links lead to the pages of the plugin, with the token in the fragment', async t => {
  const linkTo = createLinks({ publicUrl: 'https://app.example.com/', routesPath: '/base/auth' })
  t.equal(linkTo('confirmEmail', token), `https://app.example.com/base/auth/email/confirm#token=${token}`)
  t.equal(linkTo('resetPassword', token), `https://app.example.com/base/auth/password/reset#token=${token}`)
  t.equal(linkTo('changeEmail', token), `https://app.example.com/base/auth/email/change/confirm#token=${token}`)
})

t.test('an application with pages of its own has links lead there, and the others stay', async t => {
  const links = { resetPassword: 'https://app.example.com/new-password?lang=en' }
  const linkTo = createLinks({ publicUrl: 'http://localhost:3000', routesPath: '/auth', links })
  t.equal(linkTo('resetPassword', token), `https://app.example.com/new-password?lang=en#token=${token}`)
  t.equal(linkTo('confirmEmail', token), `http://localhost:3000/auth/email/confirm#token=${token}`)
})

for (const link of [
  '/reset',
  'app.example.com/reset',
  'javascript:alert(1)',
  'https://',
  'https://a.example/#/reset',
]) {
  t.test(`the link ${link} stops the boot, with a sentence that names the option`, async t => {
    const create = () =>
      createLinks({ publicUrl: 'https://a.example', routesPath: '/auth', links: { resetPassword: link } })
    t.throws(create, { code: 'FAST_AUTH_OPTION_INVALID', message: /"email\.links\.resetPassword"/ })
  })
}
