import type { Page } from 'playwright-core'

/** Loads what is there, runs it, and goes wherever it leads. Presses no button. */
export async function followEverything(page: Page, links: ReadonlySet<string>): Promise<void> {
  for (const link of links) {
    await page.goto('about:blank')
    await page.goto(link)
    await page.waitForLoadState('networkidle')
    const found = await page.locator('[href], [src], [action]').all()
    for (const element of found) {
      for (const name of ['href', 'src', 'action']) {
        const target = await element.getAttribute(name)
        if (target !== null) await page.goto(new URL(target, page.url()).href)
      }
    }
  }
}
