// Makes lib/passwords/generated/frequent-passwords.ts from the folder of the npm package zxcvbn, version 4.4.2:
//   npm pack zxcvbn@4.4.2 && tar xzf zxcvbn-4.4.2.tgz && node .ci/frequent-passwords.mjs package
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { argv } from 'node:process'

const folder = resolve(argv[2] ?? '.')
const { name, version } = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'))
if (name !== 'zxcvbn' || version !== '4.4.2') throw new Error(`This is ${name} ${version}, not zxcvbn 4.4.2`)
const { passwords } = createRequire(import.meta.url)(resolve(folder, 'lib/frequency_lists.js'))

/** Shorter ones are refused for their length; the others are compared in NFC and without case. */
const folded = passwords.map(password => password.normalize('NFC').toUpperCase().toLowerCase())
const entries = [...new Set(folded)].filter(password => Array.from(password).length >= 8).sort()

/** How many characters an entry has in common with the one before it, as one digit in base 36, and the rest of it. */
const coded = entries.map((entry, index) => {
  const before = entries[index - 1] ?? ''
  let length = 0
  while (length < 35 && length < before.length && before[length] === entry[length]) length += 1
  return length.toString(36) + entry.slice(length)
})
const lines = coded.join(' ').match(/.{1,600}(?: |$)/g) ?? []

writeFileSync(
  resolve(import.meta.dirname, '../lib/passwords/generated/frequent-passwords.ts'),
  `/**
 * Made by .ci/frequent-passwords.mjs: change that, not this. ${entries.length} passwords of at least 8 characters from the list of
 * the npm package zxcvbn ${version}, which is Copyright (c) 2012-2016 Dan Wheeler and Dropbox, Inc., under the MIT licence:
 * see THIRD-PARTY-NOTICES.md. Front coded: a digit in base 36 says how much an entry has in common with the one before.
 */
export const frontCodedPasswords = \`
${lines.map(line => line.trimEnd()).join('\n')}
\`
`,
)
