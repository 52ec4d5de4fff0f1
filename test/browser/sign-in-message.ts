import type { Page } from 'playwright-core'
import { press } from './demo-page.js'

/** A message with a sign-in code. */
export interface SignInMessage {
  readonly link: string
  /** The code as the message shows it. */
  readonly code: string
}

const linkIn = /href="([^"]+\/auth\/sign-in\/email#token=([0-9a-z]{8}))"/

async function newest(url: string): Promise<string> {
  const [, link = ''] = linkIn.exec(await (await fetch(`${url}/dev/mail`)).text()) ?? []
  return link
}

/** Asks the page of the demo for a code, and reads the message in the development mailbox. */
export async function askForCode(page: Page, email: string): Promise<SignInMessage> {
  const { origin } = new URL(page.url())
  const before = await newest(origin)
  const form = page.getByRole('form', { name: 'Request a code' })
  if ((await form.count()) === 0) await press(page, 'Sign in with a code')
  await form.getByLabel('E-mail').fill(email)
  await form.getByRole('button').click()
  await page.getByLabel('Code in the message').waitFor()
  let link = before
  while (link === before) {
    await page.waitForTimeout(50)
    link = await newest(origin)
  }
  const [, code = ''] = /token=(.{8})$/.exec(link) ?? []
  return { link, code: code.toUpperCase().replace(/^.{4}/, '$&-') }
}

/** Enters a code on the page of the demo. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code in the message').fill(code)
  await page.keyboard.press('Enter')
}
