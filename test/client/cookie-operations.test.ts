import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { cookieOperations } from '../../lib/client/calls.js'
import { ada, clientApp } from './fixtures/client-app.js'

/** Returns the name of the operation in a file of routes: `sign-in.ts` has `signIn`. */
const operationIn = (file: string) =>
  basename(file, '.route.ts').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

t.test(
  'the client sends all operations one at a time whose routes replace cookies; a refresh has turns of its own',
  t => {
    const all = readdirSync('lib/features', { recursive: true, encoding: 'utf8' })
    // The callback of a provider is a navigation of the browser.
    const routes = all.filter(file => file.endsWith('.route.ts') && !file.endsWith('finish-provider-sign-in.route.ts'))
    t.ok(routes.length > 20)
    const files = routes.filter(file => {
      const source = readFileSync(`lib/features/${file}`, 'utf8')
      return /\banswerIssuedTokens\(|\bcookies\.(?:expire|setSignIn)\(/.test(source)
    })
    t.same(files.map(operationIn).sort(), [...cookieOperations, 'refreshSession'].sort())
    t.end()
  },
)

t.test('operations that replace cookies reach the server one after the other, in the order of the calls', async t => {
  const answered: string[] = []
  let underWay = 0
  let most = 0
  const { signedUp } = await clientApp(t, {
    before(app) {
      app.addHook('onRequest', async () => {
        underWay += 1
        most = Math.max(most, underWay)
        await sleep(10)
      })
      app.addHook('onResponse', async ({ url }) => {
        underWay -= 1
        answered.push(url.replace('/auth/', ''))
      })
    },
  })
  const client = await signedUp()
  answered.length = 0
  most = 0
  const newPassword = 'another horse battery'
  const answers = await Promise.all([
    client.signIn(ada),
    client.changePassword({ currentPassword: ada.password, newPassword }),
    client.signOut(),
    client.signIn({ ...ada, password: newPassword }),
    client.deleteMe({ password: newPassword }),
  ])
  for (const { error } of answers) t.equal(error, undefined)
  t.same(answered, ['sign-in', 'password/change', 'sign-out', 'sign-in', 'me'])
  t.equal(most, 1)
})
