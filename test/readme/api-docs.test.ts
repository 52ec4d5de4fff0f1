import { readFileSync } from 'node:fs'
import t from 'tap'
import { codeIn, exportedDocs, faultOf, memberDocs, programOf } from './doc-comments.js'

const { exports: doors }: { exports: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'))

/** The source of each entry point, by the name with which it is imported. */
const entryPoints = Object.entries(doors)
  .filter(([, path]) => path.endsWith('.js'))
  .map(([door, path]) => ({
    specifier: door.replace('.', 'fast-auth'),
    path: path.replace('./dist/', '').replace(/js$/, 'ts'),
  }))
const program = programOf(entryPoints.map(({ path }) => path))
const docs = entryPoints.flatMap(({ path, specifier }) => exportedDocs(program, path, specifier))

/** Functions begin with what they do: "Creates …", "Returns …". */
const verb = /^[A-Z][a-z]+s\b/

t.test('every export of an entry point has a doc comment whose first sentence is literal and short', async t => {
  t.ok(docs.length > 300, `${docs.length} exports`)
  for (const { name, text } of docs) t.equal(faultOf(text), null, name)
})

t.test('the doc comment of every exported function begins with a verb and has an example', async t => {
  const functions = docs.filter(({ kind }) => kind === 'function')
  t.ok(functions.length > 25, `${functions.length} functions`)
  for (const { name, text, tags } of functions) {
    t.match(text, verb, name)
    t.ok(codeIn(tags.example?.[0] ?? '').length > 0, `${name} has an example`)
  }
})

t.test('the doc comment of every function of app.fastAuth has an example', async t => {
  const members = memberDocs(program, { path: 'lib/index.ts', name: 'FastAuth' })
  t.ok(members.length > 15, `${members.length} functions`)
  for (const { name, text, tags } of members) {
    t.equal(faultOf(text), null, name)
    t.match(text, verb, name)
    t.ok(codeIn(tags.example?.[0] ?? '').length > 0, `${name} has an example`)
  }
})

t.test('every property of exported options and settings has a doc comment', async t => {
  const settings = docs.filter(({ kind, name }) => kind === 'type' && /(?:Options|Settings)$/.test(name))
  t.ok(settings.length > 10, `${settings.length} types`)
  for (const { name } of settings) {
    const [specifier = '', type = ''] = name.split(': ')
    const path = entryPoints.find(entry => entry.specifier === specifier)?.path ?? ''
    for (const member of memberDocs(program, { path, name: type }))
      t.equal(faultOf(member.text), null, `${type}.${member.name}`)
  }
})

t.test('a first sentence that is missing, vague or long is found', async t => {
  t.equal(faultOf(''), 'no comment')
  t.equal(faultOf('How long a hook may take.'), 'starts with a clause: How long a hook may take.')
  t.equal(faultOf(`Limits ${'long '.repeat(30)}waits.`)?.slice(0, 18), 'more than 25 words')
  t.equal(faultOf(`Creates a storage. ${'And more '.repeat(30)}`), null)
})
