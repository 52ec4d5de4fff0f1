import { Type } from '@sinclair/typebox'
import type { Page } from 'playwright-core'
import t from 'tap'
import { SignInRefusedError, SignUpRefusedError } from '../../lib/index.js'
import { withoutChromium } from '../support/chromium.js'
import { fillIn, invitingApplication, press, says, shown, watchedPage } from './invitation-page.js'
import { violations } from './violations.js'

const skip = withoutChromium
t.setTimeout(240_000)

const ben = 'ben@example.com'
const focusedId = (page: Page) => page.evaluate('document.activeElement.id')
const autocomplete = (page: Page) => page.getByLabel('Password').getAttribute('autocomplete')

t.test('the first click announces the organisation and the role, as text', { skip }, async t => {
  const { invite } = await invitingApplication(t)
  const page = await watchedPage(t)
  await shown(page, await invite(ben, 'admin'))
  await says(page, 'You are invited to Engines & <b>Looms</b> as admin.')
  t.equal(await focusedId(page), 'status')
  t.equal(await page.locator('b').count(), 0)
  t.same(await violations(page), [])
})

t.test('if a profile is required, the page has no sign-up, and users sign up in the application', { skip }, async t => {
  const profileSchema = Type.Object({ nickname: Type.String() })
  const application = await invitingApplication(t, { profileSchema })
  const page = await watchedPage(t)
  const link = await application.invite(ben)
  await shown(page, link)
  await press(page, 'Join')
  await says(page, 'If you have no account, sign up in the application first, then open the link again.')
  t.equal(await page.getByRole('button', { name: 'Create an account and join' }).count(), 0)
  t.same(await violations(page), [])
  const member = await application.signedUp(ben, { profile: { nickname: 'Ben' } })
  await shown(member, link)
  await press(member, 'Join')
  await says(member, 'You are a member now.')
  t.same(await application.roles(), [`${ben} member`])
})

t.test('an optional profile is no reason to hide the sign-up', { skip }, async t => {
  const profileSchema = Type.Object({ nickname: Type.Optional(Type.String()) })
  const application = await invitingApplication(t, { profileSchema })
  const page = await watchedPage(t)
  await shown(page, await application.invite(ben))
  await press(page, 'Join')
  await fillIn(page, ben)
  await press(page, 'Create an account and join')
  await says(page, 'You are a member now.')
})

t.test('a user who has to set up a second factor learns it, and is no member yet', { skip }, async t => {
  const application = await invitingApplication(t, { secondFactor: 'required' })
  await application.signedUp(ben)
  const page = await watchedPage(t)
  await shown(page, await application.invite(ben))
  await press(page, 'Join')
  await fillIn(page, ben)
  await press(page, 'Sign in and join')
  await says(page, 'This account needs a second factor. Please set it up in the application first')
  t.same(await application.roles(), [])
})

t.test('the messages of the hooks are shown as text', { skip }, async t => {
  const application = await invitingApplication(t, {
    hooks: {
      beforeSignUp({ email }) {
        if (email === ben) throw new SignUpRefusedError('Ask <i>Ada</i> for an account')
      },
      beforeSignIn() {
        throw new SignInRefusedError('Come back on <i>Monday</i>')
      },
    },
  })
  await application.signedUp('grace@example.com')
  const page = await watchedPage(t)
  await shown(page, await application.invite(ben))
  await press(page, 'Join')
  await fillIn(page, ben)
  await press(page, 'Create an account and join')
  await says(page, 'Ask <i>Ada</i> for an account')
  await fillIn(page, 'grace@example.com')
  await press(page, 'Sign in and join')
  await says(page, 'Come back on <i>Monday</i>')
  t.equal(await page.locator('i').count(), 0)
})

t.test('a user whose address has an account with an unknown password learns of the reset', { skip }, async t => {
  const application = await invitingApplication(t)
  await application.signedUp(ben)
  const page = await watchedPage(t)
  await shown(page, await application.invite(ben))
  await press(page, 'Join')
  t.equal(await autocomplete(page), 'current-password')
  await press(page, 'Create an account and join')
  t.equal(await autocomplete(page), 'new-password', 'a password manager offers a new one for the empty field')
  await fillIn(page, ben)
  await page.getByLabel('Password').fill('something else')
  await press(page, 'Create an account and join')
  await says(page, 'If you did not create it, reset its password in the application first.')
  await press(page, 'Sign in and join')
  await says(page, 'If you did not choose a password yourself, reset it in the application')
  t.equal(await autocomplete(page), 'current-password')
})
