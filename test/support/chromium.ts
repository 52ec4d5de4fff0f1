import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import type { Test } from 'tap'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const isCi = process.env.CI === 'true'

/** Why browser tests are left out here, or `false`. In CI they never are: there they fail where no browser is found. */
export const withoutChromium: string | false =
  existsSync(executablePath) || isCi
    ? false
    : `no Chromium at ${executablePath}: run "apt-get install chromium", or set CHROMIUM_PATH`

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A headless browser that closes with the test. */
export async function startBrowser(t: Test): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: quiet, timeout: 60_000 })
  t.teardown(() => browser.close())
  return browser
}
