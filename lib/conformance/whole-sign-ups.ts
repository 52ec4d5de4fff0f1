import type { Storage } from '../composition/storage.js'
import { findToken } from './account-state.js'
import { expectEqual } from './contract.js'
import { racers } from './race.js'
import { randomUser } from './random-records.js'
import { recordsOfSignUp, signUpOf } from './sign-up-of.js'
import { takeMessages } from './waiting-messages.js'

/** A sign-up that writes a record of each kind that the storage has, and whether its answer was received. */
export interface SignUp {
  readonly answer: Promise<unknown>
  isAnswered: boolean
  /** Returns which of its records exist: user, session, token and message. */
  partsIn(storage: Storage): Promise<readonly boolean[]>
}

function startSignUp(storage: Storage): SignUp {
  const user = randomUser()
  const records = recordsOfSignUp(storage, user)
  const { session, token, messages } = records
  const now = user.createdAt
  const signUp = {
    answer: storage.users.create(signUpOf(user, records)).then(() => {
      signUp.isAnswered = true
    }),
    isAnswered: false,
    partsIn: async (storage: Storage) => [
      (await storage.users.find({ userId: user.id })) !== null,
      (await storage.sessions.find({ sessionId: session.id, now })) !== null,
      ...(token === null ? [] : [(await findToken(storage, token, now)) !== null]),
      ...(messages.length === 0 ? [] : [(await takeMessages(storage, messages, now)).length > 0]),
    ],
  }
  return signUp
}

export function startSignUps(storage: Storage): readonly SignUp[] {
  return Array.from({ length: racers }, () => startSignUp(storage))
}

/** Checks that each acknowledged sign-up is stored completely, and any other completely or not at all. */
export async function expectWhole(storage: Storage, signUps: readonly SignUp[]): Promise<void> {
  for (const { isAnswered, partsIn } of signUps) {
    const parts = await partsIn(storage)
    const isThere = isAnswered || parts.includes(true)
    const rule = isAnswered
      ? 'An acknowledged sign-up is stored completely'
      : 'An interrupted sign-up is stored completely or not at all'
    expectEqual(
      parts,
      parts.map(() => isThere),
      `${rule} (user, session, token, message)`,
    )
  }
}
