// Builds dist/. TypeScript writes the declarations, and esbuild writes one file for each entry point of the package. Code that
// several entry points share is in dist/chunks. A process that loads 10 files starts several times faster than one that loads 300.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { _, Ajv } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { build } from 'esbuild'

const require = createRequire(import.meta.url)
const { bin, exports: exported } = require('../package.json')

/** Browsers load the files of these folders separately. */
const browserFolders = ['lib/client', 'lib/react']

/** Other entry points: the command line, its parts that the servers of the fault tests use, and modules that benchmarks measure. */
const programs = [
  bin['fast-auth'],
  './dist/lib/cli/server-parts.js',
  ...['hashing/formats/bcrypt-sha256', 'hashing/hasher-setting', 'tokens/keyring', 'tokens/refresh-token'].map(
    measured => `./dist/lib/${measured}.js`,
  ),
]

/** @param {string} path A path in dist/. */
const sourceOf = path => path.replace('./dist/', '').replace(/js$/, 'ts')
const entryPoints = [...Object.values(exported), ...programs]
  .filter(path => path.endsWith('.js'))
  .map(sourceOf)
  .filter(path => !browserFolders.some(folder => path.startsWith(`${folder}/`)))

/** @type {import('esbuild').BuildOptions} */
const settings = {
  outdir: 'dist',
  outbase: '.',
  format: 'esm',
  target: 'es2023',
  sourcemap: true,
  sourcesContent: true,
  logLevel: 'warning',
}

/** Packages in the bundle. TypeBox has 300 files, most of them unused. The standalone code of Ajv needs one function of Ajv. */
const inlined = /^(@sinclair\/typebox|ajv\/dist\/runtime\/.+)$/

const emptyMap = `data:application/json;base64,${Buffer.from('{"version":3,"sources":[""],"mappings":"A"}').toString('base64')}`

/** @returns {import('esbuild').Plugin} */
function inlining() {
  return {
    name: 'inlining',
    setup({ onLoad, onResolve, resolve }) {
      // Removes the source map: coverage and stack traces need only the sources of this package.
      onLoad({ filter: /node_modules\/.+\.m?js$/ }, ({ path }) => ({
        contents: `${readFileSync(path, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '')}\n//# sourceMappingURL=${emptyMap}`,
        loader: 'js',
      }))
      onResolve({ filter: /^[^.]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind === 'entry-point' || pluginData === inlined || importer.includes('/node_modules/')) return undefined
        if (!inlined.test(path)) return { path, external: true }
        return resolve(path, { kind, resolveDir, pluginData: inlined })
      })
    },
  }
}

/** Compiles the schema of the options, so that no process compiles it when it starts. @returns {Promise<string>} */
async function compiledOptionsCheck() {
  const outfile = join(import.meta.dirname, '..', 'dist', 'options.mjs')
  const contents = `export { optionsAjvSettings } from './has-options-shape.js'; export { OptionsSchema } from './options-schema.js'`
  await build({
    stdin: { contents, resolveDir: 'lib/composition/options', loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  })
  const { optionsAjvSettings, OptionsSchema } = await import(pathToFileURL(outfile).href)
  rmSync(outfile)
  const ajv = new Ajv({ ...optionsAjvSettings, code: { source: true, esm: true, formats: _`optionFormats` } })
  ajv.addSchema(OptionsSchema, 'options')
  const code = standaloneCode.default(ajv, { hasOptionsShape: 'options' })
  return `import { optionFormats } from './option-formats.js'\n${code}`
}

/** @param {string} contents @returns {import('esbuild').Plugin} */
function withCompiledOptions(contents) {
  return {
    name: 'compiled options',
    setup({ onLoad }) {
      onLoad({ filter: /lib\/composition\/options\/has-options-shape\.ts$/ }, () => ({
        contents: `${contents}\n//# sourceMappingURL=${emptyMap}`,
        loader: 'js',
        resolveDir: 'lib/composition/options',
      }))
    },
  }
}

rmSync('dist', { recursive: true, force: true })
for (const project of ['tsconfig.build.json', 'lib/demo/tsconfig.build.json']) {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { stdio: 'inherit' })
}
const filesForBrowsers = browserFolders.flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => `${folder}/${name}`),
)
await build({ ...settings, entryPoints: filesForBrowsers })
// Browsers cannot resolve the name of a package, so this file contains the package.
await build({
  ...settings,
  entryPoints: ['lib/demo/qr-code.ts'],
  bundle: true,
  platform: 'browser',
  allowOverwrite: true,
})
await build({
  ...settings,
  entryPoints,
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [withCompiledOptions(await compiledOptionsCheck()), inlining()],
})
