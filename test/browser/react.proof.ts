import { build } from 'esbuild'
import t from 'tap'
import { openPage, withoutChromium } from '../support/chromium.js'
import { clientSite } from './client-site.js'

t.test('React components follow the session, also what happens in another tab', { skip: withoutChromium }, async t => {
  const { outputFiles } = await build({
    entryPoints: ['test/browser/react-page.js'],
    bundle: true,
    format: 'esm',
    write: false,
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  const site = await clientSite(t)
  const first = await openPage(t)
  const faults: string[] = []
  await first.context().route('**/react', route =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><script type="module" src="/react.js"></script>',
    }),
  )
  await first
    .context()
    .route('**/react.js', route => route.fulfill({ contentType: 'text/javascript', body: outputFiles[0]?.text ?? '' }))
  const second = await first.context().newPage()
  for (const page of [first, second]) {
    page.on('pageerror', error => faults.push(error.message))
    await page.goto(`${site.url}/react`)
    await page.getByText('signed-out').waitFor()
  }
  await first.getByRole('button', { name: 'Sign up' }).click()
  for (const page of [first, second]) await page.getByText('signed-in ada@example.com').waitFor()
  await second.getByRole('button', { name: 'Sign out' }).click()
  for (const page of [first, second]) await page.getByRole('button', { name: 'Sign up' }).waitFor()
  t.same(faults, [])
})
