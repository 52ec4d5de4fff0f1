import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import root, { type Test } from 'tap'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const isCi = process.env.CI === 'true'

/** The reason to skip browser tests, or `false`. With CI=true they fail if no browser is found. */
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

let running: Promise<Browser> | undefined

async function launch(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: quiet, timeout: 60_000 })
  root.teardown(() => browser.close())
  return browser
}

/** A page with a profile of its own, which closes with the test. The headless browser is one for all tests of a file. */
export async function openPage(t: Test, options: BrowserContextOptions = {}): Promise<Page> {
  running ??= launch()
  const context = await (await running).newContext(options)
  t.teardown(() => context.close())
  return context.newPage()
}
