import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { openPage, withoutChromium } from '../support/chromium.js'
import { card, email, openDemo, password, press, signUp } from './demo-page.js'
import { violations } from './violations.js'

const skip = withoutChromium
/** For developers to look at. */
const pictures = '.tap/pictures'
mkdirSync(pictures, { recursive: true })
t.setTimeout(240_000)

const ben = 'ben@example.com'
const on = { ORGANIZATIONS: 'on', ORGANIZATION_ROLES: 'billing:member' }
const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')
const notice = (page: Page, text: string) => page.locator('#notice').getByText(text).waitFor()

const confirm = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
const roleOf = (page: Page, address: string) => page.getByRole('combobox', { name: `Role of ${address}`, exact: true })
const focusedLabel = (page: Page) => page.evaluate('document.activeElement.ariaLabel')

/** Lets the server return lists in pages of one item, until the returned function is called. */
async function pagesOfOne(page: Page): Promise<() => Promise<void>> {
  const address = /\/(organizations|invitations)\?limit=100/
  await page.route(address, (route, request) => route.continue({ url: request.url().replace('limit=100', 'limit=1') }))
  return () => page.unroute(address)
}

/** Creates an organisation on the page, and acts in it. */
async function create(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name of a new organisation').fill(name)
  await press(page, 'Create an organisation')
  await press(page, `Switch to ${name}`)
  await page.getByText(`This session acts in ${name}.`).waitFor()
}

/** Invites on the page, and returns the link in the development mailbox. */
async function invite(page: Page, address: string, role: string): Promise<string> {
  const form = page.getByRole('form', { name: 'New invitation' })
  await form.getByLabel('E-mail of the new member').fill(address)
  await form.getByLabel('Role').selectOption(role)
  await form.getByRole('button').click()
  await card(page, 'Invitations').getByText(address).waitFor()
  const { origin } = new URL(page.url())
  for (;;) {
    const text = await (await fetch(`${origin}/dev/mail`)).text()
    const [, link] = /href="([^"]+\/auth\/invitations\/accept#token=[\w-]+)"/.exec(text) ?? []
    if (link !== undefined) return link
    await page.waitForTimeout(50)
  }
}

/** Opens a browser in which a newcomer follows the link, and then the page of the demo. */
async function join(t: Test, link: string): Promise<Page> {
  const page = await openPage(t)
  await page.goto(link)
  await press(page, 'Show the invitation')
  await press(page, 'Join')
  await page.getByLabel('E-mail address').fill(ben)
  await page.getByLabel('Password').fill(password)
  await press(page, 'Create an account and join')
  await page.getByRole('status').getByText('You are a member now.').waitFor()
  await page.goto(new URL('/', link).href)
  await card(page, 'Organisations').getByText('current').waitFor()
  return page
}

t.test('users lead organisations on the page, and a changed role counts for the next request', { skip }, async t => {
  const page = await openDemo(t, on)
  await signUp(page)
  await create(page, 'Engines')
  t.same(await violations(page), [])
  const member = await join(t, await invite(page, ben, 'member'))
  t.equal(await card(member, 'Members').count(), 0)

  await t.test('a role is changed, and the page of the member follows', async t => {
    await press(page, 'Refresh the members')
    const choice = roleOf(page, ben)
    t.same(await choice.locator('option').allInnerTexts(), ['owner', 'admin', 'member', 'billing'])
    await choice.focus()
    await page.keyboard.press('ArrowDown')
    t.equal(await choice.inputValue(), 'billing')
    await press(page, 'Refresh the members')
    await choice.getByRole('option', { name: 'member', selected: true }).waitFor({ state: 'attached' })
    await choice.selectOption('admin')
    await press(page, `Change the role of ${ben}`)
    await notice(page, `${ben} has the role admin now.`)
    t.equal(await focusedLabel(page), `Change the role of ${ben}`)
    await card(page, 'Members').getByText('admin · joined').waitFor()
    await press(member, 'Refresh the organisations')
    await card(member, 'Members').getByText(email).waitFor()
    t.equal(await roleOf(member, email).count(), 0, 'an admin changes no roles')
    t.same(await violations(member), [])
  })

  await t.test('the page fits phones and desktops, in light and in dark', async t => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 900 })
        t.ok(await fits(page), `${width}`)
        t.same(await violations(page), [])
        await page.screenshot({ path: `${pictures}/demo-organizations-${width}-${colorScheme}.png`, fullPage: true })
      }
    }
  })

  await t.test('an organisation is renamed, and a name is kept', async () => {
    await press(page, 'Rename Engines')
    await press(page, 'Keep the name')
    await press(page, 'Rename Engines')
    await page.getByLabel('New name of Engines').fill('Looms')
    await press(page, 'Save the name')
    await page.getByText('This session acts in Looms.').waitFor()
  })

  await t.test('invitations are listed to the last one, and withdrawn', async () => {
    const restore = await pagesOfOne(page)
    for (const address of ['grace@example.com', 'charles@example.com']) await invite(page, address, 'billing')
    await press(page, 'Withdraw the invitation of grace@example.com')
    await notice(page, 'The invitation is withdrawn.')
    await press(page, 'Withdraw the invitation of charles@example.com')
    await card(page, 'Invitations').getByText('charles@example.com').waitFor({ state: 'detached' })
    await restore()
  })

  await t.test('the last owner stays', async t => {
    await press(page, 'Leave Looms')
    await press(page, 'Cancel')
    await press(page, 'Leave Looms')
    await confirm(page, 'Leave')
    await notice(page, 'An organisation needs an owner.')
    await press(page, 'Act in no organisation')
    await press(page, 'Switch to Looms')
    await roleOf(page, email).selectOption('member')
    await press(page, `Change the role of ${email}`)
    await page.locator('select:focus').waitFor()
    t.equal(await focusedLabel(page), `Role of ${email}`)
  })

  await t.test('a member who is removed after a question acts there no more with the next request', async t => {
    await press(page, `Remove ${ben}`)
    t.same(await violations(page), [])
    await confirm(page, 'Cancel')
    await press(page, 'Refresh the members')
    await press(page, `Remove ${ben}`)
    await confirm(page, 'Remove')
    await notice(page, `${ben} is no longer a member.`)
    await press(member, 'Refresh the organisations')
    await member.getByText('This session acts in no organisation.').waitFor()
    await card(member, 'Members').waitFor({ state: 'detached' })
  })

  await t.test('the session switches, and unfinished forms of other cards stay', async t => {
    const name = card(page, 'API keys').getByLabel('Name of a new key')
    await name.fill('unfinished')
    await create(page, 'Mills')
    await press(page, 'Act in no organisation')
    await page.getByText('This session acts in no organisation.').waitFor()
    t.equal(await card(page, 'Invitations').count(), 0)
    t.equal(await name.inputValue(), 'unfinished')
  })

  await t.test('organisations are listed to the last one, with the current one', async t => {
    const restore = await pagesOfOne(page)
    for (const name of ['Looms', 'Mills']) {
      await press(page, `Switch to ${name}`)
      await page.getByText(`This session acts in ${name}.`).waitFor()
      t.equal(await card(page, 'Organisations').getByRole('listitem').count(), 2)
      t.match(await card(page, 'Organisations').getByRole('listitem').filter({ hasText: 'current' }).innerText(), name)
    }
    await restore()
  })

  await t.test('an organisation is deleted after a question', async t => {
    await press(page, 'Delete Mills')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('You cannot undo it.').waitFor()
    t.same(await violations(page), [])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await press(page, 'Delete Mills')
    await dialog.getByRole('button', { name: 'Delete permanently' }).click()
    await notice(page, 'Mills is deleted.')
    await page.getByRole('button', { name: 'Delete Mills' }).waitFor({ state: 'detached' })
  })
})

t.test('a personal organisation has no members, and is not left or deleted', { skip }, async t => {
  const page = await openDemo(t, { ORGANIZATIONS: 'personal' })
  await signUp(page)
  await page.getByText('This session acts in Personal.').waitFor()
  t.equal(await page.getByRole('button', { name: 'Leave Personal' }).count(), 0)
  t.equal(await page.getByRole('button', { name: 'Delete Personal' }).count(), 0)
  t.equal(await card(page, 'Members').count(), 0)
})

t.test('a server without organisations shows none', { skip }, async t => {
  const page = await openDemo(t)
  await signUp(page)
  await card(page, 'Your sessions').waitFor()
  t.equal(await card(page, 'Organisations').count(), 0)
})
