import type { FastifyInstance, FastifyRequest } from 'fastify'
import t, { type Test } from 'tap'
import { currentUser } from '../../lib/http/guards.js'
import { bearer } from '../support/account.js'
import { expected, organizationWorld } from './fixtures/organization-world.js'

const notFound = 'FAST_AUTH_ORGANIZATION_NOT_FOUND'
const tooLow = 'FAST_AUTH_ROLE_REQUIRED'

const organizationOf = async (request: FastifyRequest) => ({
  organization: currentUser(request).organization,
  params: request.params,
})

/** The application's own routes. */
async function addRoutes(app: FastifyInstance): Promise<void> {
  const { requireRole, requireOrganization, authenticate, requireSession } = app.fastAuth
  const [admin, owner, any] = [requireRole('admin'), requireRole('owner'), requireOrganization()]
  app.get('/of-session', { onRequest: admin }, organizationOf)
  app.get('/any', { onRequest: any }, organizationOf)
  app.get('/orgs/:organizationId', { onRequest: admin }, organizationOf)
  app.post('/orgs/:organizationId', { onRequest: admin }, organizationOf)
  app.get('/orgs/:organizationId/owner', { onRequest: owner }, organizationOf)
  app.get('/orgs/:organizationId/projects/:id', { onRequest: admin }, organizationOf)
  app.get('/orgs/:organizationId/files/*', { onRequest: admin }, organizationOf)
  app.get('/orgs/:organizationId/late', { preHandler: admin }, organizationOf)
  app.get(
    '/orgs/:organizationId/after',
    { onRequest: [requireSession, authenticate, admin, any, authenticate] },
    organizationOf,
  )
  await app.register(
    async scope => {
      scope.addHook('onRequest', admin)
      scope.get('/plan', organizationOf)
    },
    { prefix: '/nested/:organizationId/deep' },
  )
}

/** Olga owns one organisation. Eve owns another one, in which her session acts, and is a member of Olga's. */
async function twoOrganizations(t: Test) {
  const world = await organizationWorld(t, { after: addRoutes })
  const eve = await world.newPerson('eve')
  const hers = await world.newOrganization(eve)
  await world.join(world.olga, world.organizationId, eve)
  expected(await eve.switchTo(hers), 200)
  const ask = (
    url: string,
    headers: Record<string, string> = bearer(eve.accessToken),
    method: 'GET' | 'HEAD' = 'GET',
  ) => world.app.inject({ method, url, headers })
  return { ...world, eve, hers, theirs: world.organizationId, ask }
}

t.test('a guard asks the organisation of the path, not that in which the session acts', async t => {
  const { eve, hers, theirs, ask } = await twoOrganizations(t)
  const own = { id: hers, role: 'owner' }
  t.match((await ask('/of-session')).json(), { organization: own })
  for (const place of [
    (id: string) => `/orgs/${id}`,
    (id: string) => `/orgs/${id}/owner`,
    (id: string) => `/orgs/${id}/projects/${hers}`,
    (id: string) => `/orgs/${id}/files/${hers}/x`,
    (id: string) => `/orgs/${id}/late`,
    (id: string) => `/orgs/${id}/after`,
    (id: string) => `/nested/${id}/deep/plan`,
  ]) {
    const admitted = await ask(place(hers))
    t.match([admitted.statusCode, admitted.json()], [200, { organization: own }], place(hers))
    const answer = await ask(place(theirs))
    t.strictSame([answer.statusCode, answer.json().code], [403, tooLow], place(theirs))
  }
  const acting = expected(await eve.switchTo(theirs), 200).json().user
  t.ok(acting)
  t.equal((await ask('/of-session')).json().code, tooLow)
  t.match((await ask(`/orgs/${hers}/after`)).json(), { organization: own }, 'a guard that follows does not replace it')
})

t.test('no notation of a path, no query, no header and no body names another organisation to a guard', async t => {
  const { eve, hers, theirs, ask, app } = await twoOrganizations(t)
  const encoded = [...theirs].map(one => `%${one.charCodeAt(0).toString(16)}`).join('')
  for (const id of [theirs, theirs.toUpperCase(), encoded, encoded.toUpperCase(), theirs.replace('-', '%2D')]) {
    const answer = await ask(`/orgs/${id}`)
    t.strictSame([answer.statusCode, answer.json().code], [403, tooLow], id)
  }
  for (const id of [
    ...[`${theirs}%00`, `${theirs}%20`, `%20${hers}`, `${hers}%2f..%2f${theirs}`, `${theirs},${hers}`, `{${hers}}`],
    ...[
      hers.replaceAll('-', ''),
      'null',
      'undefined',
      'current',
      '%2e',
      `${hers};${theirs}`,
      '__proto__',
      'constructor',
    ],
  ]) {
    const answer = await ask(`/orgs/${id}`)
    t.strictSame([answer.statusCode, answer.json().code], [404, notFound], id)
  }
  t.equal((await ask('/orgs/')).json().code, notFound, 'an empty parameter is not the organisation of the session')
  for (const url of [`/orgs/${theirs}?organizationId=${hers}`, `/orgs/${theirs}/projects/${hers}?id=${hers}`])
    t.equal((await ask(url)).json().code, tooLow, url)
  t.match((await ask(`/of-session?organizationId=${theirs}`)).json(), { organization: { id: hers } })
  const headers = { ...bearer(eve.accessToken), 'x-organization-id': hers, organizationid: hers }
  t.equal((await ask(`/orgs/${theirs}`, headers)).json().code, tooLow)
  const payload = { organizationId: hers, params: { organizationId: hers } }
  const posted = await app.inject({ method: 'POST', url: `/orgs/${theirs}`, headers, payload })
  t.equal(posted.json().code, tooLow)
  const upper = (await ask(`/orgs/${hers.toUpperCase()}`)).json()
  t.match(upper, { organization: { id: hers, role: 'owner' } }, 'the id of the user is in its canonical form')
})

t.test('HEAD runs the guard of GET', async t => {
  const { hers, theirs, ask } = await twoOrganizations(t)
  const headers = await ask(`/orgs/${hers}`)
  t.equal(headers.statusCode, 200)
  for (const [url, statusCode] of [
    [`/orgs/${hers}`, 200],
    [`/orgs/${theirs}`, 403],
    [`/nested/${theirs}/deep/plan`, 403],
    ['/orgs/x', 404],
    ['/of-session', 200],
  ] as const)
    t.equal((await ask(url, undefined, 'HEAD')).statusCode, statusCode, url)
})

t.test('a key passes guards only in its own organisation, with the role of its user there', async t => {
  const { olga, eve, hers, theirs, ask, newKey } = await twoOrganizations(t)
  const keys = {
    hers: await newKey(eve, hers),
    theirs: await newKey(eve, theirs),
    none: await newKey(eve, null),
    'of their owner': await newKey(olga, theirs),
  }
  const answers = {
    hers: { '/of-session': 200, '/any': 200, [`/orgs/${hers}`]: 200, [`/orgs/${theirs}`]: notFound },
    theirs: { '/of-session': tooLow, '/any': 200, [`/orgs/${hers}`]: notFound, [`/orgs/${theirs}`]: tooLow },
    none: {
      ...{ '/of-session': 'FAST_AUTH_ORGANIZATION_REQUIRED', '/any': 'FAST_AUTH_ORGANIZATION_REQUIRED' },
      ...{ [`/orgs/${hers}`]: notFound, [`/orgs/${theirs}`]: notFound },
    },
    'of their owner': { '/of-session': 200, [`/orgs/${hers}`]: notFound, [`/orgs/${theirs}`]: 200 },
  }
  for (const [which, table] of Object.entries(answers))
    for (const [url, outcome] of Object.entries(table)) {
      const { statusCode, body } = await ask(url, bearer(keys[which as keyof typeof keys].key))
      t.equal(statusCode === 200 ? 200 : JSON.parse(body).code, outcome, `${which}: ${url}`)
    }
})

t.test('a user who is no member gets the bytes of an organisation that does not exist', async t => {
  const { theirs, ask, newPerson } = await twoOrganizations(t)
  const headers = bearer((await newPerson()).accessToken)
  const [real, unknown] = [
    await ask(`/orgs/${theirs}`, headers),
    await ask('/orgs/3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11', headers),
  ]
  t.equal(real.statusCode, 404)
  t.equal(real.body, unknown.body)
  t.equal((await ask(`/orgs/${theirs}`, {})).statusCode, 401)
  t.equal((await ask('/of-session', headers)).json().code, 'FAST_AUTH_ORGANIZATION_REQUIRED')
})

t.test('a path that names the organisation of the session, or cannot name one, costs no storage call', async t => {
  const { hers, theirs, ask, asked } = await twoOrganizations(t)
  asked()
  for (const id of [hers, hers.toUpperCase(), `${theirs}%00`, 'x'.repeat(90), '__proto__', '%ed%a0%80'])
    await ask(`/orgs/${id}`)
  t.strictSame(asked(), [])
  await ask(`/orgs/${theirs}`)
  t.strictSame(asked(), ['organizations.find'])
})
