import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import t from 'tap'

t.test('the client is at most 9.55 kB, minified and compressed, and imports nothing', async t => {
  const { outputFiles } = await build({
    entryPoints: ['lib/client/index.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  })
  const [bundle] = outputFiles
  const { length } = gzipSync(bundle?.contents ?? '')
  t.ok(length > 1_000 && length <= 9_550, `${length} bytes`)
  t.notMatch(bundle?.text, /\bimport\b/)
})
