import t, { type Test } from 'tap'
import { type MicrosoftOptions, microsoft } from '../../../lib/features/providers/providers.js'
import { presetWorld } from '../../support/providers/preset-world.js'

const clientId = '6731de76-14a6-49ae-97bc-6eba6914391e'
const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47'
const otherTenant = '8eaef023-2b34-4da1-9baa-8bc8c9d6a490'
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad'
const authority = 'https://login.microsoftonline.com'
const issuerOf = (id: string) => `${authority}/${id}/v2.0`

/** The shape of Microsoft's documentation, "ID token claims reference": a work account, without an address. */
const work = {
  aud: clientId,
  iss: issuerOf(tenant),
  nbf: 1536361411,
  aio: 'DF2UVXL1ix!lMCWMSOJBcFatzcGfvFGhjKv8q5g0x732dR5MB5BisvGQO7YWByjd8iQDLq!eGbIDakyp5mnOrcdqHeYSnltepQmRp6AIZ8jY',
  name: 'Abe Lincoln',
  oid: '690222be-ff1a-4d56-abd1-7e4f7d38e474',
  preferred_username: 'AbeLi@microsoft.com',
  rh: '0.ARoAv4j5cvGGr0GRqy180BHbR',
  sub: 'HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ',
  tid: tenant,
  uti: 'fqiBqXLPj0eQa82S-IYFAA',
  ver: '2.0',
}

/** A personal account has its address by default. */
const personalAccount = {
  ...work,
  iss: issuerOf(personal),
  tid: personal,
  email: 'abeli@outlook.com',
  sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
}

function microsoftWorld(t: Test, options: Partial<MicrosoftOptions> = {}, issuer = issuerOf('{tenantid}')) {
  const path = options.tenant ?? 'common'
  return presetWorld(t, microsoft({ clientId, clientSecret: 'abc8Q~secret', ...options }), {
    discovery: `/login.microsoftonline.com/${path}/v2.0/.well-known/openid-configuration`,
    metadata: {
      issuer,
      authorization_endpoint: `${authority}/${path}/oauth2/v2.0/authorize`,
      token_endpoint: `${authority}/${path}/oauth2/v2.0/token`,
      jwks_uri: `${authority}/${path}/discovery/v2.0/keys`,
      userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
      token_endpoint_auth_methods_supported: ['client_secret_post', 'personalAccountkey_jwt', 'client_secret_basic'],
    },
  })
}

const invalid = (reason: string) => ({ outcome: 'invalid', reason })

t.test('a work account without an address is identified by tenant and subject', async t => {
  const { signIn, server } = await microsoftWorld(t)
  t.match(await signIn(work), {
    outcome: 'identified',
    identity: { issuer: issuerOf(tenant), subject: work.sub, email: null, profile: { name: 'Abe Lincoln' } },
  })
  t.notOk(server.paths().some(path => path.includes('userinfo')))
})

t.test('a personal account is identified, and its address counts as unverified', async t => {
  const { signIn } = await microsoftWorld(t)
  t.match(await signIn(personalAccount), {
    identity: { issuer: issuerOf(personal), email: 'abeli@outlook.com', isEmailVerified: false },
  })
})

t.test('the same subject in two tenants is two users', async t => {
  const { signIn } = await microsoftWorld(t)
  const one = await signIn(work)
  const other = await signIn({ ...work, iss: issuerOf(otherTenant), tid: otherTenant })
  t.match(one, { identity: { issuer: issuerOf(tenant), subject: work.sub } })
  t.match(other, { identity: { issuer: issuerOf(otherTenant), subject: work.sub } })
})

t.test('with several tenants, no claim verifies an address (nOAuth)', async t => {
  const claims = { ...work, email: 'victim@example.com', email_verified: true, xms_edov: true }
  for (const options of [{}, { tenant: 'organizations' }]) {
    const { signIn } = await microsoftWorld(t, options)
    t.match(await signIn(claims), { identity: { email: 'victim@example.com', isEmailVerified: false } })
  }
})

t.test('the addresses of several tenants cannot be trusted by an option', async t => {
  for (const several of ['common', 'organizations', 'consumers', undefined])
    t.throws(
      () => microsoft({ clientId, clientSecret: 'x', vouchesForEmail: true, ...(several && { tenant: several }) }),
      { code: 'FAST_AUTH_OPTION_INVALID', message: /"vouchesForEmail" of microsoft/ },
    )
})

t.test('an address of one trusted tenant is verified if the tenant owns its domain', async t => {
  const { signIn } = await microsoftWorld(t, { tenant, vouchesForEmail: true }, issuerOf(tenant))
  const claims = { ...work, email: 'abeli@microsoft.com' }
  for (const xms_edov of [true, 1, '1', 'true'])
    t.match(await signIn({ ...claims, xms_edov }), { identity: { isEmailVerified: true } })
  for (const xms_edov of [undefined, false, 0, '0', 'false', null])
    t.match(await signIn({ ...claims, xms_edov, email_verified: true }), { identity: { isEmailVerified: false } })
  const untrusted = await microsoftWorld(t, { tenant }, issuerOf(tenant))
  t.match(await untrusted.signIn({ ...claims, xms_edov: true }), { identity: { isEmailVerified: false } })
})

t.test('the tenant of a token must be its issuer, and a GUID', async t => {
  const { signIn } = await microsoftWorld(t)
  for (const [claims, reason] of [
    [{ tid: otherTenant }, 'issuer'],
    [{ iss: issuerOf(otherTenant) }, 'issuer'],
    [{ iss: issuerOf('{tenantid}') }, 'issuer'],
    [{ iss: `https://evil.example/${tenant}/v2.0` }, 'issuer'],
    [{ iss: issuerOf('common'), tid: 'common' }, 'tenant'],
    [{ iss: issuerOf(`x/${tenant}`), tid: `x/${tenant}` }, 'tenant'],
    [{ iss: issuerOf(`${tenant}x`), tid: `${tenant}x` }, 'tenant'],
    [{ tid: undefined }, 'tenant'],
    [{ tid: tenant.toUpperCase() }, 'tenant'],
    [{ tid: [tenant] }, 'tenant'],
  ] as const)
    t.same(await signIn({ ...work, ...claims }), invalid(reason), JSON.stringify(claims))
})

t.test('with one tenant, users of others are refused', async t => {
  const { signIn } = await microsoftWorld(t, { tenant }, issuerOf(tenant))
  t.match(await signIn(work), { outcome: 'identified' })
  t.same(await signIn({ ...work, iss: issuerOf(otherTenant), tid: otherTenant }), invalid('issuer'))
  t.same(await signIn({ ...work, iss: issuerOf(otherTenant) }), invalid('issuer'))
})

t.test('organisations exclude personal accounts, and the reverse', async t => {
  const organizations = await microsoftWorld(t, { tenant: 'organizations' })
  t.match(await organizations.signIn(work), { outcome: 'identified' })
  t.same(await organizations.signIn(personalAccount), invalid('tenant'))
  const consumers = await microsoftWorld(t, { tenant: 'consumers' }, issuerOf(personal))
  t.match(await consumers.signIn(personalAccount), { identity: { issuer: issuerOf(personal) } })
  t.same(await consumers.signIn(work), invalid('issuer'))
})

t.test('a key of one tenant signs no tokens of another', async t => {
  const { signIn, publish, key } = await microsoftWorld(t)
  publish({ ...key.jwk, issuer: issuerOf(personal) })
  t.match(await signIn(personalAccount), { outcome: 'identified' })
  t.same(await signIn(work), invalid('unknown_key'))
  const everyTenant = await microsoftWorld(t)
  everyTenant.publish({ ...everyTenant.key.jwk, issuer: issuerOf('{tenantid}') })
  t.match(await everyTenant.signIn(work), { outcome: 'identified' })
})

t.test('the parameter iss of a callback may be that of any tenant, and of no other issuer', async t => {
  const { signIn } = await microsoftWorld(t)
  t.match(await signIn(work, { iss: issuerOf(tenant) }), { outcome: 'identified' })
  for (const iss of [
    issuerOf('{tenantid}'),
    issuerOf('common'),
    `https://evil.example/${tenant}/v2.0`,
    issuerOf(tenant).replace('.com', '.con'),
    `${issuerOf(tenant)}/x`,
  ])
    t.same(await signIn(work, { iss }), invalid('issuer'), iss)
})

t.test('the issuer of the metadata is pinned', async t => {
  for (const issuer of [issuerOf(tenant), 'https://sts.windows.net/{tenantid}/']) {
    const { signIn } = await microsoftWorld(t, {}, issuer)
    t.match(await signIn(work), { outcome: 'unavailable', reason: 'discovery' })
  }
})

t.test('the provider says what it is', async t => {
  const credentials = { clientId, clientSecret: 'x' }
  t.match(microsoft(credentials), { name: 'microsoft', displayName: 'Microsoft', issuer: issuerOf('{tenantid}') })
  t.match(microsoft({ ...credentials, tenant, name: 'contoso' }), { name: 'contoso', issuer: issuerOf(tenant) })
})
