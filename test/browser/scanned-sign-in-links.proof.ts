import t from 'tap'
import { openPage, withoutChromium } from '../support/chromium.js'
import { followEverything } from './follow-everything.js'
import { linkOf, mailedApplication } from './mailed-application.js'

const path = '/auth/sign-in/email'
const email = 'ada@example.com'

t.test('a scanner neither signs in nor uses up a code', { skip: withoutChromium }, async t => {
  const { url, mailTo, requests } = await mailedApplication(t, { emailSignIn: { signUp: true } })
  const asking = await openPage(t)
  t.equal((await asking.request.post(url + path, { data: { email } })).status(), 202)
  const message = await mailTo(email, `${path}#`)
  const link = linkOf(message)
  const asQuery = link.replace('#', '?')
  const [inMessage = ''] = [...(message.mail.html?.matchAll(/href="([^"]+)"/g) ?? [])].map(([, href = '']) => href)
  t.equal(inMessage, link)
  requests.length = 0

  for (const scanned of [link, asQuery]) {
    for (let times = 0; times < 10; times += 1) t.equal((await fetch(scanned)).status, 200)
    t.equal((await fetch(scanned, { method: 'HEAD' })).status, 200)
  }
  const scanner = await openPage(t)
  await followEverything(scanner, new Set([link, asQuery]))
  await scanner.getByRole('button', { name: 'Sign in here' }).waitFor()
  // Some mail programs open links in the browser of the user, before the user does.
  await followEverything(asking, new Set([link, asQuery]))
  t.same(
    requests.filter(request => !/^(GET|HEAD) /.test(request)),
    [],
    'nothing was posted',
  )
  t.same(await scanner.context().cookies(), [])

  await asking.goto('about:blank')
  await asking.goto(link)
  await asking.getByRole('button', { name: 'Sign in here' }).click()
  await asking.getByText('You are signed in.').waitFor()
  const me = await asking.request.get(`${url}/auth/me`)
  t.match(await me.json(), { user: { email, emailConfirmedAt: String } })
})

t.test('a page with a code that is wrong leaves the code of the message valid', { skip: withoutChromium }, async t => {
  const { url, mailTo } = await mailedApplication(t, { emailSignIn: { signUp: true } })
  const asking = await openPage(t)
  await asking.request.post(url + path, { data: { email } })
  const link = linkOf(await mailTo(email, `${path}#`))
  await asking.goto(`${url}${path}#token=00000000`)
  await asking.getByRole('button', { name: 'Sign in here' }).click()
  await asking.getByText('This link works once').waitFor()
  await asking.goto('about:blank')
  await asking.goto(link)
  await asking.keyboard.press('Tab')
  await asking.keyboard.press('Enter')
  await asking.getByRole('status').getByText('You are signed in.').waitFor()
  t.equal(await asking.evaluate('document.activeElement.id'), 'status', 'the result has the focus')
})
