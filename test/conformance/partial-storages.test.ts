import t from 'tap'
import type { Storage, StorageOfSomeFeatures } from '../../lib/composition/storage.js'
import { lifecycleMethods } from '../../lib/composition/storage-methods.js'
import {
  conformanceTitles,
  conformanceTitlesNeeding,
  type OptionalFeature,
  storageConformance,
} from '../../lib/conformance/index.js'
import { methodsWith, optionalFeatures } from '../../lib/conformance/optional-features.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { partialStorage } from '../support/partial-storage.js'
import { failureOf } from './fixtures/failure-of.js'
import { only } from './fixtures/only.js'
import { complete, plainSets, run, subject, testFeatures } from './fixtures/partial-suite.js'

function titlesWith(features: readonly OptionalFeature[]): readonly string[] {
  const titles: string[] = []
  storageConformance(
    title => titles.push(title),
    async () => subject(features),
    { features },
  )
  return titles
}

t.equal(plainSets.length, optionalFeatures.length + 1)

for (const features of plainSets) testFeatures(features)

t.test('a storage of the core is repeated and cut off like any other', async t => {
  const { failed, count } = await run(() => subject([]), {
    ...only(conformanceTitlesNeeding.cut),
    features: [],
    cut: ({ cut }) => cut(),
  })
  t.same(failed, [])
  t.ok(count > 12, `${count} cases`)
})

t.test('no case calls a group of a feature that is left out', async t => {
  const broken = new Proxy({}, { get: () => () => Promise.reject(new Error('not written yet')) })
  const groups = [
    'apiKeys',
    'events',
    'identities',
    'invitations',
    'memberships',
    'oneTimeTokens',
    'organizations',
    'outbox',
    'passkeys',
    'providerFlows',
    'secondFactors',
    'signInCodes',
  ]
  const unfinished = Object.fromEntries(groups.map(group => [group, broken])) as unknown as Storage
  const { failed } = await run(
    () => ({ ...subject([]), storage: { ...partialStorage(memoryStorage(), []), ...unfinished } }),
    { features: [] },
  )
  t.same(failed, [])
})

t.test('a case about a feature runs only with it, and every case runs with all', async t => {
  const { cut, crash, push } = conformanceTitlesNeeding
  const needing = [...cut, ...crash, ...push]
  t.same(
    titlesWith(optionalFeatures),
    conformanceTitles.filter(title => !needing.includes(title)),
  )
  const about = {
    'api-keys': /apiKeys\./,
    'audit-log': /events\./,
    email: /oneTimeTokens\.|outbox\./,
    'email-codes': /signInCodes\./,
    organizations: /organizations\.|memberships\.|invitations\./,
    passkeys: /passkeys\./,
    providers: /identities\.|providerFlows\./,
    'second-factor': /secondFactors\./,
  }
  for (const feature of optionalFeatures) {
    t.ok(titlesWith([feature]).some(title => about[feature].test(title)))
    t.notOk(titlesWith(optionalFeatures.filter(one => one !== feature)).some(title => about[feature].test(title)))
  }
})

t.test('a storage of the core that lacks one of its methods fails', async t => {
  const inGroups = Object.entries(methodsWith([])).flatMap(([group, names]) =>
    names.map(name => [group, name] as const),
  )
  t.ok(inGroups.length > 15)
  for (const [group, name] of inGroups) {
    const { storage } = subject([])
    const lacking = { ...storage, [group]: { ...Reflect.get(storage, group), [name]: undefined } }
    t.match(await failureOf(complete, { storage: lacking }, { features: [] }), `the storage gave ["${group}.${name}"]`)
  }
  for (const name of lifecycleMethods.filter(name => name === 'purge' || name === 'ping')) {
    const lacking = { ...subject([]).storage, [name]: undefined } as unknown as StorageOfSomeFeatures
    t.match(await failureOf(complete, { storage: lacking }, { features: [] }), `the storage gave ["${name}"]`)
  }
})

t.test('a storage of the core that keeps the sessions of a disabled user fails', async t => {
  const { failed } = await run(
    () => {
      const { users, ...others } = partialStorage(memoryStorage(), [])
      const disable: Storage['users']['disable'] = async ({ userId, now }) => {
        const page = await others.sessions.list({ userId, now, limit: 100, offset: 0 })
        const user = await users.find({ userId })
        const disabling = await users.disable({ userId, now })
        await users.enable({ userId })
        for (const session of page.items)
          if (user?.passwordHash)
            await others.sessions.open({
              session,
              proofs: [{ kind: 'password', hash: user.passwordHash }],
              maximumPerUser: 100,
            })
        return disabling
      }
      return { ...subject([]), storage: { ...others, users: { ...users, disable } } }
    },
    { features: [] },
  )
  t.ok(failed.includes('users.disable: every session is revoked, the keys stay, and the feed has each session and key'))
})

t.test('an unknown feature throws before any case is run', async t => {
  const titles: string[] = []
  const start = () =>
    storageConformance(
      title => titles.push(title),
      async () => subject([]),
      { features: ['apiKeys', 'email'] as unknown as OptionalFeature[] },
    )
  const names = '"api-keys", "audit-log", "email"'
  t.throws(start, new TypeError(`The option "features" of storageConformance has "apiKeys": its names are ${names}`))
  t.same(titles, [])
})
