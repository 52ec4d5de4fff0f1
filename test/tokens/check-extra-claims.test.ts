import t from 'tap'
import { checkExtraClaims, extraClaimsOf } from '../../lib/tokens/check-extra-claims.js'

const own = { hasOrganizations: false }

t.test('claims are what JSON makes of them', async t => {
  t.same(checkExtraClaims({ role: 'admin', since: new Date(0), nothing: undefined, list: [1, null] }, own), {
    role: 'admin',
    since: '1970-01-01T00:00:00.000Z',
    list: [1, null],
  })
  t.same(checkExtraClaims({}, own), {})
})

for (const value of [null, undefined, 'admin', 5, [], () => {}]) {
  t.test(`${JSON.stringify(value) ?? typeof value} is no set of claims`, async t => {
    t.throws(() => checkExtraClaims(value, own), {
      name: 'TypeError',
      message: 'The option "claims" of fast-auth must return an object',
    })
  })
}

const reserved = 'iss aud sub sid gen iat exp nbf jti auth_time email cnf act may_act scope client_id'.split(' ')

for (const name of [...reserved, '__proto__']) {
  t.test(`the claim ${name} is not the application's to set`, async t => {
    t.throws(() => checkExtraClaims(JSON.parse(`{"role":"admin","${name}":"x"}`), own), {
      name: 'TypeError',
      message: `The option "claims" of fast-auth must not set "${name}": it is a registered claim`,
    })
  })
}

t.test('1,024 bytes are the most, in UTF-8', async t => {
  const filler = 'é'.repeat((1024 - '{"x":""}'.length) / 2)
  t.same(checkExtraClaims({ x: filler }, own), { x: filler })
  t.throws(() => checkExtraClaims({ x: `${filler}e` }, own), {
    message: 'The option "claims" of fast-auth must return at most 1024 bytes of JSON',
  })
})

t.test('an application finds in a token only the claims that it has added', async t => {
  const ours = Object.fromEntries(reserved.map(name => [name, 'x']))
  t.same(extraClaimsOf({ ...ours, role: 'admin' }, own), { role: 'admin' })
})

t.test('the result is a deep copy: changing it does not change the claims', async t => {
  const claims = { list: [{ a: 1 }, [2], null], object: { inner: { b: 'x' } }, nothing: null, flag: false }
  const before = structuredClone(claims)
  const found = extraClaimsOf(claims, own)
  t.strictSame(found, before)
  t.not(found.list, claims.list)
  t.not(Object(found.list)[0], claims.list[0])
  t.not(Object(found.object).inner, claims.object.inner)
  t.strictSame(claims, before)
})

t.test('the claims of organisations are ours only with organisations', async t => {
  for (const name of ['org', 'org_role']) {
    t.same(checkExtraClaims({ [name]: 'x' }, own), { [name]: 'x' })
    t.same(extraClaimsOf({ [name]: 'x' }, own), { [name]: 'x' })
    t.throws(() => checkExtraClaims({ [name]: 'x' }, { hasOrganizations: true }), {
      message: `The option "claims" of fast-auth must not set "${name}": it is a registered claim`,
    })
    t.same(extraClaimsOf({ [name]: 'x', role: 'admin' }, { hasOrganizations: true }), { role: 'admin' })
  }
})
