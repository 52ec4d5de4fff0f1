import assert from 'node:assert/strict'
import type { Storage } from '../../../composition/storage.js'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { hourMilliseconds } from '../../../conformance/random-records.js'
import type { Account } from '../../../conformance/stored-records.js'
import type { AskingSession } from '../../../storage/asking-session.js'
import { creationOf } from './create-organization-cases.js'
import { decidingMethods } from './decision-cases.js'
import {
  actorOf,
  ownRoles,
  type Scene,
  sceneState,
  storeInvitation,
  storeMember,
  storeOrganizationOf,
  storeScene,
} from './organization-account.js'

type Answer = { readonly outcome: string }

/** Stores an organisation that the account owns, with another member and an invitation. */
async function storeOwned(storage: Storage, { user, sessions, now }: Account): Promise<Scene<'member'>> {
  const owner = { user, session: sessions[0] }
  const scene = await storeOrganizationOf(storage, owner, { start: user.createdAt, now })
  const member = await storeMember(storage, scene, 'member')
  await storeInvitation(storage, scene)
  return { ...scene, people: { owner, member } }
}

/** Makes a call, and checks that it writes if and only if the session is live. */
async function watched<Given extends Answer>(
  storage: Storage,
  scene: Scene,
  call: () => Promise<Given>,
): Promise<Given> {
  const people = Object.values(scene.people)
  const before = await sceneState(storage, scene, people)
  const answer = await call()
  const after = await sceneState(storage, scene, people)
  if (answer.outcome === 'sessionEnded') expectEqual(after, before, 'A call of a session that has ended writes nothing')
  else {
    const message = 'A call of a live session writes: the storage answered, and nothing has changed'
    assert.notDeepStrictEqual(structuredClone(after), structuredClone(before), message)
  }
  return answer
}

async function switchTo(storage: Storage, account: Account, { sessionId, now }: AskingSession): Promise<Answer> {
  const { organization } = await storeOwned(storage, account)
  const request = { sessionId, userId: account.user.id, organizationId: organization.id, now }
  return storage.memberships.switch({ ...request, idleExpiresAt: now + hourMilliseconds })
}

/** Accepts an invitation. If the session has ended, the invitation must be left. */
async function acceptWith(storage: Storage, { user, now }: Account, asking: AskingSession): Promise<Answer> {
  const scene = await storeScene(storage, {}, user.createdAt)
  const { hash } = await storeInvitation(storage, scene, { email: user.email })
  const request = { hash, ownRoles, now, userId: user.id, asking, maximumMembers: 2 }
  return watched(storage, scene, () =>
    storage.invitations.accept({ ...request, idleExpiresAt: now + 2 * hourMilliseconds }),
  )
}

const withActor = decidingMethods.map(
  ({ method, granted, ask }) =>
    [
      method,
      {
        granted,
        async ask(storage: Storage, account: Account, asking: AskingSession) {
          const scene = await storeOwned(storage, account)
          return watched(storage, scene, () => ask(storage, scene, actorOf(scene.people.owner, { asking })))
        },
      },
    ] as const,
)

/** Cases for methods of organisations that check the requesting session within their step. */
export const askingOrganizationCases: readonly ConformanceCase[] = askingCases({
  'organizations.create': {
    granted: 'created',
    async ask(storage, account, asking) {
      const scene = await storeOwned(storage, account)
      return watched(storage, scene, () =>
        storage.organizations.create(creationOf(scene.people.owner, scene, { asking })),
      )
    },
  },
  ...Object.fromEntries(withActor),
  'memberships.switch': { granted: 'switched', ask: switchTo },
  'invitations.accept': { granted: 'accepted', ask: acceptWith },
})
