import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { openPage } from '../support/chromium.js'

/** Opens the newest message with such a link in the development mailbox, and presses the button of the page behind it. */
export async function followLink(
  t: Test,
  url: string,
  path: string,
  fill?: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await openPage(t)
  const link = page.locator(`a[href*="${path}"]`).first()
  for (let tries = 0; tries < 50; tries += 1) {
    await page.goto(`${url}/dev/mail`)
    if ((await link.count()) > 0) break
    await page.waitForTimeout(100)
  }
  await link.click()
  await fill?.(page)
  await page.locator('button[type=submit]').click()
  await page.locator('#status.success').waitFor()
}
