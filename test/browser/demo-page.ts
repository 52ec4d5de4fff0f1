import jsqr from 'jsqr'
import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import { serveHere } from '../cli/fixtures/running-server.js'
import { openPage } from '../support/chromium.js'

export const email = 'ada@example.com'
export const password = 'correct horse battery'

export const card = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()

/** Starts `fast-auth serve`, and opens its page. Errors of the page fail the test when it ends. */
export async function openDemo(t: Test, env: Readonly<Record<string, string>> = {}): Promise<Page> {
  const { url } = await serveHere(t, t.testdir({}), env)
  const page = await openPage(t, { permissions: ['clipboard-read', 'clipboard-write'] })
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => {
    if (/Content Security Policy|Trusted/.test(message.text())) errors.push(message.text())
  })
  t.teardown(() => {
    if (errors.length > 0) throw new Error(errors.join('\n'))
  })
  await page.goto(url)
  await page.getByLabel('E-mail').waitFor()
  return page
}

async function submit(page: Page, name: 'Sign in' | 'Sign up'): Promise<void> {
  const form = page.getByRole('form', { name })
  await form.getByLabel('E-mail').fill(email)
  await form.getByLabel('Password').fill(password)
  await form.getByRole('button').click()
}

export async function signUp(page: Page): Promise<void> {
  await press(page, 'Sign up')
  await submit(page, 'Sign up')
}

export const signIn = (page: Page): Promise<void> => submit(page, 'Sign in')

/** Returns the name of the field that has the focus. */
export const focusedField = (page: Page): Promise<string> => page.evaluate('document.activeElement.name')

interface Pixels {
  readonly bytes: readonly number[]
  readonly width: number
  readonly height: number
}

/** Returns the text of the QR code in a picture of the page. */
export async function scanned(page: Page): Promise<string | undefined> {
  const picture = await page.getByRole('img', { name: 'QR code for your authenticator app' }).screenshot()
  const { bytes, width, height }: Pixels = await page.evaluate(`(async () => {
    const bytes = Uint8Array.from(atob('${picture.toString('base64')}'), character => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const { width, height } = bitmap
    const context = new OffscreenCanvas(width, height).getContext('2d')
    context.drawImage(bitmap, 0, 0)
    return { bytes: [...context.getImageData(0, 0, width, height).data], width, height }
  })()`)
  return jsqr.default(Uint8ClampedArray.from(bytes), width, height)?.data
}
