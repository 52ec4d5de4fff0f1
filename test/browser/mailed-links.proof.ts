import t from 'tap'
import { openPage, withoutChromium } from '../support/chromium.js'
import { linkOf, mailedApplication } from './mailed-application.js'

const account = { email: 'ada@example.com', password: 'correct horse battery' }

t.test(
  'a confirmation link is mailed, opened and clicked, and then one can sign in',
  { skip: withoutChromium },
  async t => {
    const { url, post, mailTo, requests } = await mailedApplication(t, { requireEmailConfirmation: true })
    t.equal((await post('/auth/sign-up', account)).status, 202)
    const message = await mailTo(account.email, '/auth/email/confirm#')
    t.same(message.recipients, [account.email], 'exactly one recipient')
    t.equal(message.mail.from?.address, 'accounts@example.com')
    t.ok(linkOf(message).startsWith(`${url}/auth/email/confirm#token=`))

    const page = await openPage(t)
    const problems: string[] = []
    page.on('console', line => problems.push(line.text()))
    page.on('pageerror', error => problems.push(error.message))
    await page.goto(linkOf(message))
    t.equal(page.url(), `${url}/auth/email/confirm`, 'the token is out of the address bar')
    t.equal((await post('/auth/sign-in', account)).status, 403, 'opening it has changed nothing')

    const field = page.getByLabel('Password', { exact: true })
    await field.fill('not the password')
    await page.getByRole('button', { name: 'Confirm my address' }).click()
    await page.getByText('The password is wrong').waitFor()
    requests.length = 0
    await field.fill(account.password)
    await page.getByRole('button', { name: 'Confirm my address' }).dblclick()
    await page.getByText('Your address is confirmed').waitFor()
    t.equal(requests.filter(request => request === 'POST /auth/email/confirm').length, 1, 'a double click posts once')
    t.equal((await post('/auth/sign-in', account)).status, 200)
    const unexpected = problems.filter(line => !line.includes('status of 401'))
    t.same(unexpected, [], 'nothing else in the console, so nothing that the policy refused')
  },
)

t.test('the page sets a password, and the old one and the link are refused', { skip: withoutChromium }, async t => {
  const { post, mailTo } = await mailedApplication(t)
  await post('/auth/sign-up', account)
  t.equal((await post('/auth/password/forgot', { email: account.email })).status, 202)
  const link = linkOf(await mailTo(account.email, '/auth/password/reset#'))

  const page = await openPage(t)
  await page.goto(link)
  const field = page.getByLabel('New password')
  await field.fill('short')
  await page.getByRole('button', { name: 'Set the new password' }).click()
  await page.getByText('at least 8 characters').waitFor()

  const password = 'quite another staple'
  await field.fill(password)
  await page.getByRole('button', { name: 'Show password' }).click()
  t.equal(await field.getAttribute('type'), 'text')
  await page.getByRole('button', { name: 'Set the new password' }).click()
  await page.getByText('Your new password is set').waitFor()
  t.equal((await post('/auth/sign-in', account)).status, 401, 'the old password is refused')
  t.equal((await post('/auth/sign-in', { ...account, password })).status, 200)
  t.equal((await mailTo(account.email, 'password was changed')).recipients.length, 1)

  await page.goto('about:blank')
  await page.goto(link)
  await page.getByLabel('New password').fill('a third password')
  await page.getByRole('button', { name: 'Set the new password' }).click()
  await page.getByText('This link is no longer valid').waitFor()
})

t.test('a new address is confirmed in the page, and becomes the account’s', { skip: withoutChromium }, async t => {
  const { post, mailTo } = await mailedApplication(t)
  const signUp = await post('/auth/sign-up', { ...account, transport: 'token' })
  const { accessToken } = JSON.parse(await signUp.text())
  const headers = { authorization: `Bearer ${accessToken}` }
  const change = { email: 'lovelace@example.com', password: account.password }
  t.equal((await post('/auth/email/change', change, headers)).status, 202)
  const link = linkOf(await mailTo(change.email, '/auth/email/change/confirm#'))

  const page = await openPage(t)
  await page.goto(link)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Use this address' }).click()
  await page.getByText('Your account has its new address').waitFor()
  t.equal((await post('/auth/sign-in', { ...account, email: change.email })).status, 200)
  t.equal((await post('/auth/sign-in', account)).status, 401)
})
