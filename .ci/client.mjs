// Generates lib/client/generated/ from openapi.yml: the types of bodies, responses and errors, and the path of each operation.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createClient } from '@hey-api/openapi-ts'
import { parse } from 'yaml'

const project = resolve(import.meta.dirname, '..')
const target = resolve(process.argv[2] ?? join(project, 'lib/client/generated'))
const document = parse(readFileSync(join(project, 'openapi.yml'), 'utf8'))
const banner = '/** Generated from openapi.yml by "npm run client": change the schemas, not this file. */\n'
const prefix = '/auth'

/** Checks whether an operation returns a page or a redirect: only browsers call it, as a navigation. */
const isPage = ({ responses }) => '303' in responses || 'text/html' in (responses['200']?.content ?? {})

/** Routes without the prefix are for browsers and password managers. */
const ownPaths = Object.entries(document.paths).filter(([path]) => path.startsWith(`${prefix}/`))

const operations = ownPaths.flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) => (isPage(operation) ? [] : [{ path, method, operation }])),
)

for (const { method, operation } of operations) {
  const parts = (operation.parameters ?? []).map(parameter => parameter.in)
  const isClear = method === 'get' ? !operation.requestBody : !parts.includes('query')
  if (!isClear) throw new Error(`${operation.operationId} is an operation that the client does not support`)
}

async function typesOf(input) {
  const folder = mkdtempSync(join(tmpdir(), 'client-'))
  try {
    const output = { path: folder, header: [] }
    await createClient({ input, output, plugins: ['@hey-api/typescript'], logs: { level: 'silent', file: false } })
    return readFileSync(join(folder, 'types.gen.ts'), 'utf8').replace(
      /^export type ClientOptions = [\s\S]*?^};\n+/m,
      '',
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const paths = {}
for (const { path, method, operation } of operations) paths[path] = { ...paths[path], [method]: operation }

const typeName = id => id[0].toUpperCase() + id.slice(1)
const members = operations.map(
  ({ operation: { operationId: id, summary } }) => `  /** ${summary} */
  ${id}: { data: ${typeName(id)}Data; error: ${typeName(id)}Error; responses: ${typeName(id)}Responses }`,
)
const lines = operations.map(
  ({ path, method, operation }) =>
    `  ${operation.operationId}: ['${method.toUpperCase()}', '${path.slice(prefix.length)}'],`,
)

writeFileSync(
  join(target, 'operations.ts'),
  `${banner}
${(await typesOf({ ...document, paths })).trim()}

export interface Operations {
${members.join('\n')}
}

/** Method, and path under the base URL. */
export const operations: Readonly<Record<keyof Operations, readonly [method: string, path: string]>> = {
${lines.join('\n')}
}
`,
)
