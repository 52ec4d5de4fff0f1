import { Kind, type Static, type TSchema } from '@sinclair/typebox'
import t from 'tap'
import { OptionsSchema } from '../../lib/composition/options/options-schema.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { type DocComment, faultOf, memberDocs, programOf } from '../readme/doc-comments.js'

interface ObjectSchema {
  readonly properties: Readonly<Record<string, TSchema>>
  readonly required?: readonly string[]
}

function isGroup(schema: TSchema): schema is TSchema & ObjectSchema {
  return schema[Kind] === 'Object' && Object.keys(schema.properties).length > 0
}

/** Every option by its path, and each group before its options. */
function optionsOf({ properties, required = [] }: ObjectSchema, prefix = ''): [string, TSchema, boolean][] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const own: [string, TSchema, boolean] = [prefix + name, schema, required.includes(name)]
    return isGroup(schema) ? [own, ...optionsOf(schema, `${prefix + name}.`)] : [own]
  })
}

const options = optionsOf(OptionsSchema)
const groups = options.filter(([, schema]) => isGroup(schema)).map(([name]) => name)
const docs = new Map<string, DocComment>(
  memberDocs(programOf(['lib/index.ts']), { path: 'lib/index.ts', name: 'FastAuthOptions', open: groups }).map(doc => [
    doc.name,
    doc,
  ]),
)

/** `1_209_600 (14 days)` → `1209600` */
function valueIn(text: string): string {
  const value = text.replace(/ \(.*\)$/, '')
  return /^[\d_.]+$/.test(value) ? value.replaceAll('_', '') : value
}

function written(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value)
}

t.test('the type of the options has the properties of their schema', async t => {
  t.same([...docs.keys()].sort(), options.map(([name]) => name).sort())
  // The type check compares the types.
  const isSame: (given: Static<typeof OptionsSchema>) => FastAuthOptions = given => given
  const isSameBackwards: (given: FastAuthOptions) => Static<typeof OptionsSchema> = given => given
  t.type(isSame, isSameBackwards.constructor)
})

t.test('each option has a doc comment whose first sentence is literal and short', async t => {
  for (const [name, { text }] of docs) t.equal(faultOf(text), null, name)
})

t.test('the doc comment of each duration has its unit', async t => {
  const durations = [...docs].filter(([name]) => /Seconds$/.test(name))
  t.ok(durations.length > 20, `${durations.length} durations`)
  for (const [name, { text }] of durations) t.match(text, /\bseconds\b/, name)
})

t.test('@default of each option is the default of its schema, and required options have none', async t => {
  for (const [name, schema, isRequired] of options) {
    const byDefault = docs.get(name)?.tags.default?.[0]
    if ('default' in schema) t.equal(valueIn(byDefault ?? ''), written(schema.default), name)
    else if (isRequired) t.equal(byDefault, undefined, name)
    else if (!isGroup(schema)) t.ok(byDefault, `${name} has a default in words`)
  }
})

t.test('a number is compared without its separators and its explanation', async t => {
  t.equal(valueIn('1_209_600 (14 days)'), written(1_209_600))
  t.equal(valueIn("'pair'"), written('pair'))
})
