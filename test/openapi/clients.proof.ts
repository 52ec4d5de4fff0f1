import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@hey-api/openapi-ts'
import openapiTypescript, { astToString } from 'openapi-typescript'
import t, { type Test } from 'tap'
import { ada, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { generatedDocument } from './generated-document.js'

interface Consumer {
  greeting(baseUrl: string, credentials: { email: string; password: string }): Promise<string>
}

const compilerOptions = {
  target: 'ES2023',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  module: 'NodeNext',
  types: [],
  strict: true,
  outDir: 'compiled',
}

/** A folder with one of the consumers and the document it is written for. */
async function consumerFolder(t: Test, consumer: string): Promise<string> {
  const folder = join(t.testdir(), consumer)
  mkdirSync(folder)
  cpSync(resolve('test/openapi/consumers', `${consumer}.ts`), join(folder, 'consumer.ts'))
  writeFileSync(join(folder, 'openapi.yml'), await generatedDocument())
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
  return folder
}

async function compiled(t: Test, folder: string): Promise<Consumer> {
  const { stdout } = spawnSync(resolve('node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' })
  t.equal(stdout, '', 'TypeScript reports no problem')
  return import(pathToFileURL(join(folder, 'compiled/consumer.js')).href)
}

/** Returns the URL of a server on which Ada has an account. */
async function serverUrl(t: Test): Promise<string> {
  const { app } = await testApplication(t)
  await signUpForTokens(app)
  return app.listen({ host: '127.0.0.1', port: 0 })
}

async function signsIn(t: Test, { greeting }: Consumer): Promise<void> {
  const url = await serverUrl(t)
  t.equal(await greeting(url, ada), 'Hello, ada@example.com')
  t.equal(await greeting(url, { ...ada, password: 'wrong horse' }), 'The credentials are wrong')
}

t.test('a client with the types of openapi-typescript signs in and knows why it was refused', async t => {
  const folder = await consumerFolder(t, 'openapi-typescript')
  const types = await openapiTypescript(pathToFileURL(join(folder, 'openapi.yml')))
  writeFileSync(join(folder, 'generated.ts'), astToString(types))
  await signsIn(t, await compiled(t, folder))
})

t.test('the client that @hey-api/openapi-ts writes signs in and knows why it was refused', async t => {
  const folder = await consumerFolder(t, 'hey-api')
  await createClient({
    input: join(folder, 'openapi.yml'),
    output: join(folder, 'generated'),
    logs: { level: 'silent', file: false },
  })
  await signsIn(t, await compiled(t, folder))
})
