import type { Storage } from '../composition/storage.js'
import { expectEqual } from './contract.js'
import { racers } from './race.js'
import { randomMessage, randomSession, randomToken, randomUser } from './random-records.js'
import { signUpOf } from './sign-up-of.js'
import { takeMessages } from './waiting-messages.js'

/** A sign-up that writes a record of each kind, and whether its answer was received. */
export interface SignUp {
  readonly answer: Promise<unknown>
  isAnswered: boolean
  /** Returns which of its records exist: user, session, token and message. */
  partsIn(storage: Storage): Promise<readonly boolean[]>
}

function startSignUp({ users }: Storage): SignUp {
  const user = randomUser()
  const [session, token, message] = [randomSession(user), randomToken(user), randomMessage(user)]
  const now = user.createdAt
  const signUp = {
    answer: users.create(signUpOf(user, { session, token, messages: [message] })).then(() => {
      signUp.isAnswered = true
    }),
    isAnswered: false,
    partsIn: async ({ users, sessions, oneTimeTokens, ...rest }: Storage) => [
      (await users.find({ userId: user.id })) !== null,
      (await sessions.find({ sessionId: session.id, now })) !== null,
      (await oneTimeTokens.find({ ...token, now })) !== null,
      (await takeMessages({ users, sessions, oneTimeTokens, ...rest }, [message], now)).length > 0,
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
