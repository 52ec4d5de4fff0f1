import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import { addDemoRoutes, type DemoParts } from '../../../lib/cli/demo/demo-routes.js'
import { rememberingSender } from '../../../lib/cli/demo/remembering-sender.js'
import { memorySender } from '../../../lib/mail/index.js'
import { serveHere } from '../fixtures/running-server.js'

const signal = new AbortController().signal
const message = (subject: string, text = 'Hello') => ({
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  createdAt: new Date(),
  from: 'a@b.test',
  to: 'ada@example.com',
  subject,
  text,
  html: '',
})

interface Demo {
  readonly app: FastifyInstance
  send(subject: string, text?: string): Promise<void>
}

async function demo(
  t: Test,
  { hasPasskeys = true, providers = [] }: Partial<Pick<DemoParts, 'hasPasskeys' | 'providers'>> = {},
): Promise<Demo> {
  const app = Fastify()
  t.teardown(() => app.close())
  const mailbox = rememberingSender(memorySender())
  const script = {
    tokenMode: 'sliding',
    secondFactor: 'offered',
    hasPasskeys,
    hasMailedCodes: false,
    roles: [],
    providers,
  } as const
  await addDemoRoutes(app, { ...script, basePath: '/accounts', mailbox })
  return { app, send: (subject, text) => mailbox.sender.send(message(subject, text), signal) }
}

const here = { url: '/dev/mail', headers: { host: 'localhost:3000' } }

t.test('the page names the routes to its script, and may load nothing from other origins', async t => {
  const { app } = await demo(t)
  const { statusCode, headers, body } = await app.inject('/')
  t.equal(statusCode, 200)
  t.match(
    body,
    'data-auth-url="/accounts/auth" data-token-mode="sliding" data-second-factor="offered" data-passkeys="on"',
  )
  t.notMatch(body, /(src|href)="https?:/)
  t.match(headers, {
    'content-security-policy': /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'/,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
})

t.test('a server without passkeys says so to the script of the page', async t => {
  const { app } = await demo(t, { hasPasskeys: false })
  t.match((await app.inject('/')).body, 'data-passkeys="off"')
})

t.test('the page names the roles in organisations to its script', async t => {
  const { url } = await serveHere(t, t.testdir({}), { ORGANIZATIONS: 'on', ORGANIZATION_ROLES: 'billing:member' })
  t.match(await (await fetch(url)).text(), '{&quot;name&quot;:&quot;billing&quot;,&quot;isManager&quot;:false}]"')
})

t.test('the page names the providers to its script, whatever their names for users are', async t => {
  const providers = [{ name: 'acme', displayName: `Ada's "<A&B>"` }]
  const { app } = await demo(t, { providers })
  const { body } = await app.inject('/')
  const [, attribute = ''] = / data-providers="([^"]*)"/.exec(body) ?? []
  const text = attribute
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
  t.same(JSON.parse(text.replaceAll('&amp;', '&')), providers)
})

t.test('every module that the page loads is there, down to the last import', async t => {
  const { app } = await demo(t)
  const asked = new Set<string>()
  const load = async (path: string): Promise<void> => {
    if (asked.has(path)) return
    asked.add(path)
    const { statusCode, headers, body } = await app.inject(path)
    t.equal(statusCode, 200, path)
    t.match(headers['content-type'], 'text/javascript')
    const imports = [...body.matchAll(/from ["'](\.[^"']+)["']/g)].map(([, target = '']) => target)
    for (const target of imports) await load(new URL(target, `http://localhost${path}`).pathname)
  }
  await load('/assets/demo/main.js')
  t.ok(asked.size > 20)
})

t.test('no other file can be asked for', async t => {
  const { app } = await demo(t)
  for (const path of [
    '',
    'demo',
    'cli/main.js',
    '../cli/main.js',
    '%2e%2e/cli/main.js',
    'demo/../cli/main.js',
    'client/index.d.ts',
  ]) {
    t.equal((await app.inject(`/assets/${path}`)).statusCode, 404, path)
  }
})

t.test('the mailbox shows what was sent, the newest first, and no text of a message is HTML', async t => {
  const { app, send } = await demo(t)
  t.match((await app.inject(here)).body, 'No messages yet.')
  await send('First')
  await send('Second <b>', 'Open <img src=x> https://app.test/a?b=1&c=2#token=abc')
  const { body, headers } = await app.inject(here)
  t.ok(body.indexOf('Second') < body.indexOf('First'))
  t.match(body, 'Second &lt;b&gt;')
  t.match(body, '&lt;img src=x&gt;')
  t.match(body, '<a href="https://app.test/a?b=1&amp;c=2#token=abc">')
  t.equal(headers['cache-control'], 'no-store')
})

t.test('the mailbox holds a hundred messages', async t => {
  const mailbox = rememberingSender(memorySender())
  for (let count = 1; count <= 102; count += 1) await mailbox.sender.send(message(`No. ${count}`), signal)
  const subjects = mailbox.messages().map(({ subject }) => subject)
  t.strictSame([subjects.length, subjects[0], subjects.at(-1)], [100, 'No. 102', 'No. 3'])
})

t.test('a message that could not be sent is not shown, and the sender is closed with the server', async t => {
  let closed = 0
  const mailbox = rememberingSender({
    send: async () => {
      throw new Error('no server')
    },
    async close() {
      closed += 1
    },
  })
  await t.rejects(mailbox.sender.send(message('Lost'), signal), /no server/)
  await mailbox.sender.close?.()
  t.strictSame([mailbox.messages(), closed], [[], 1])
  await t.resolves(rememberingSender(memorySender()).sender.close?.() ?? Promise.reject())
})

const foreignRequests: Readonly<Record<string, Partial<InjectOptions>>> = {
  'another machine': { remoteAddress: '192.0.2.7' },
  'a page whose own name was made to lead here': { headers: { host: 'attacker.example' } },
  'a name that only begins like this machine': { headers: { host: 'localhost.attacker.example' } },
  'a client behind a proxy on this machine': { headers: { ...here.headers, 'x-forwarded-for': '192.0.2.7' } },
  ...Object.fromEntries(
    [
      ...['forwarded', 'via', 'x-forwarded', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'x-client-ip'],
      ...['x-cluster-client-ip', 'x-original-host', 'x-envoy-external-address', 'true-client-ip', 'fastly-client-ip'],
      ...['cf-connecting-ip', 'cf-ray', 'cdn-loop'],
    ].map(name => [`a client behind a proxy that adds ${name}`, { headers: { ...here.headers, [name]: '192.0.2.7' } }]),
  ),
}

for (const [who, request] of Object.entries(foreignRequests)) {
  t.test(`the mailbox is hidden from ${who}`, async t => {
    const { app, send } = await demo(t)
    await send('Secret')
    const answer = await app.inject({ ...here, ...request })
    t.equal(answer.statusCode, 404)
    t.notMatch(answer.body, 'Secret')
  })
}

t.test('the mailbox is hidden from a client behind nginx with its defaults, which speaks HTTP/1.0', async t => {
  const { app, send } = await demo(t)
  await send('Secret')
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const ask = async (version: string) => {
    const socket = connect({ port: Number(port), host: '127.0.0.1' })
    socket.write(`GET /dev/mail HTTP/${version}\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)
    return text(socket)
  }
  t.match(await ask('1.1'), /^HTTP\/1\.1 200.*Secret/s)
  const refused = await ask('1.0')
  t.match(refused, /^HTTP\/1\.1 404/)
  t.notMatch(refused, 'Secret')
})

for (const [which, env] of Object.entries({
  'a server at a public address': { PUBLIC_URL: 'http://auth.example.com' },
  production: {
    NODE_ENV: 'production',
    JWT_SECRET_KEY: 'k7Jd93-hs8Lq_2mVx0Pz5-Rt6Yw1Bn4Cf',
    PUBLIC_URL: 'https://auth.example.com',
  },
  'a server that sends by SMTP': { MAIL_URL: 'smtp://localhost:2525', FROM_EMAIL: 'accounts@example.com' },
})) {
  t.test(`${which} has no mailbox`, async t => {
    const { log, printed } = await serveHere(t, t.testdir({}), env)
    await printed(/is ready/)
    const { msg = '' } = log().find(({ msg }) => msg.startsWith('Server listening')) ?? {}
    const [address = ''] = /http:[^ ]+/.exec(msg) ?? []
    t.equal((await fetch(`${address}/dev/mail`)).status, 404)
  })
}
