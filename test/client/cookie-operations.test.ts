import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { cookieOperations } from '../../lib/client/calls.js'

/** Returns the name of the operation in a file of routes: `sign-in.ts` has `signIn`. */
const operationIn = (file: string) =>
  file.replace(/\.ts$/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

t.test(
  'the client sends one at a time all operations whose routes replace cookies; a refresh has turns of its own',
  t => {
    const files = readdirSync('lib/routes').filter(file => {
      const source = readFileSync(`lib/routes/${file}`, 'utf8')
      return /\banswerIssuedTokens\(|\bcookies\.expire\(/.test(source)
    })
    t.same(files.map(operationIn).sort(), [...cookieOperations, 'refreshSession'].sort())
    t.end()
  },
)
