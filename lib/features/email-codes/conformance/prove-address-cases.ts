import type { Storage } from '../../../composition/storage.js'
import { rotationOf } from '../../../conformance/account-requests.js'
import {
  apiKeysOf,
  expectApiKeyIds,
  expectState,
  expectUnchanged,
  stateOf,
} from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import { apiKeyLine, inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { storeAccount, storeApiKey, storeUser } from '../../../conformance/stored-records.js'
import {
  type CodeAccount,
  codeProofOf,
  expectCode,
  expectRight,
  idsOfSessions,
  provenUser,
  signInOf,
  storeCode,
  storeNewcomersCode,
  storeProvenAccount,
  storeUnprovenAccount,
  trialOf,
} from './code-account.js'

/** Presents the right code of an account with an unproven address. Checks the answer. */
export async function proveAddress(storage: Storage, account: CodeAccount, rule: string): Promise<void> {
  const { sessions, apiKeys, code, now } = account
  const answer = expectOutcome(await storage.signInCodes.tryCode(trialOf(code, { now })), 'right', rule)
  const { deletedApiKeyIds, revokedSessionIds, ...others } = answer
  expectEqual(others, { outcome: 'right', email: code.email, user: provenUser(account), isProvenNow: true }, rule)
  expectEqual(sorted(revokedSessionIds), sorted(sessions.map(({ id }) => id)), rule)
  expectApiKeyIds(storage, deletedApiKeyIds, apiKeys, rule)
}

/** Returns what is left of an account when the right code has proven its address. */
export function provenState(account: CodeAccount) {
  const { sessions, apiKeys, now } = account
  return {
    user: provenUser(account),
    sessions: [null, null, null],
    apiKeys: [null, null],
    tokens: { confirmEmail: null, resetPassword: null, changeEmail: null },
    revocations: inFeedOrder([
      ...sessions.map(session => sessionLine(session, now)),
      ...apiKeys.map(apiKey => apiKeyLine(apiKey, now)),
    ]),
  }
}

/** Cases for an address that a right code proves, and for what the account had before. */
export const proveAddressCases: readonly ConformanceCase[] = [
  {
    title: 'signInCodes.tryCode: a right code proves an unproven address, and removes everything that the account had',
    async run({ storage }) {
      const account = await storeUnprovenAccount(storage)
      const rule = 'The creator of the account had not proven ownership of the address'
      await proveAddress(storage, account, rule)
      await expectState(storage, account, provenState(account), rule)
      expectEqual(await idsOfSessions(storage, account), [], rule)
      const rotation = await storage.sessions.rotate(rotationOf(account))
      expectEqual(rotation, { outcome: 'unknown' }, 'A session of before is not refreshed')
    },
  },
  {
    title: 'signInCodes.tryCode: the password of before opens no session when the address is proven',
    async run({ storage }) {
      const account = await storeUnprovenAccount(storage)
      await proveAddress(storage, account, 'A right code proves the address')
      const proofs = [{ kind: 'password', hash: account.user.passwordHash }] as const
      const answer = await storage.sessions.open(signInOf(account, proofs))
      expectEqual(answer, { outcome: 'stale' }, 'A password that was removed proves nothing')
    },
  },
  {
    title: 'signInCodes.tryCode: the code that has proven the address stays live, and opens a session',
    async run({ storage }) {
      const account = await storeUnprovenAccount(storage)
      const { code } = account
      const rule = 'A right code stays live until the proof consumes it'
      await proveAddress(storage, account, rule)
      await expectCode(storage, code, code, rule)
      const { outcome } = await storage.sessions.open(signInOf(account, [codeProofOf(code)]))
      expectEqual(outcome, 'opened', rule)
    },
  },
  {
    title: 'signInCodes.tryCode: an address is proven once, and what its owner gets afterwards stays',
    async run({ storage }) {
      const account = await storeUnprovenAccount(storage)
      await proveAddress(storage, account, 'A right code proves the address')
      const { code, now } = account
      const user = { ...provenUser(account), lastSignInAt: now }
      const request = signInOf(account, [codeProofOf(code)])
      await storage.sessions.open(request)
      const apiKeys = hasFeature(storage, 'api-keys') ? [await storeApiKey(storage, user, { createdAt: now })] : []
      const next = await storeCode(storage, user)
      const rule = 'The owner of a proven address loses nothing by another code'
      await expectRight(storage, next, user, rule)
      expectEqual(await idsOfSessions(storage, account), [request.session.id], rule)
      expectEqual(await apiKeysOf(storage, user.id), apiKeys, rule)
    },
  },
  {
    title: 'signInCodes.tryCode: an account with a proven address keeps everything',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const { user, code } = account
      const rule = 'The owner of a proven address signs in without losing anything'
      await expectUnchanged(storage, account, () => expectRight(storage, code, user, rule), rule)
    },
  },
  {
    title: 'signInCodes.tryCode: other accounts keep everything when an address is proven',
    async run({ storage }) {
      const [account, other] = [await storeUnprovenAccount(storage), await storeUnprovenAccount(storage)]
      const before = await stateOf(storage, other)
      const rule = 'A right code proves one address'
      await proveAddress(storage, account, rule)
      await expectState(storage, other, before, rule)
      await expectCode(storage, other.code, other.code, rule)
    },
  },
  {
    title: 'signInCodes.tryCode: an account that was created after the request loses everything, too',
    async run({ storage }) {
      const code = await storeNewcomersCode(storage)
      const { email, createdAt } = code
      const account = { ...(await storeAccount(storage, { email, createdAt })), code }
      const rule = 'An attacker who signs up with the address while its owner reads the code keeps nothing'
      await proveAddress(storage, account, rule)
      await expectState(storage, account, provenState(account), rule)
    },
  },
  {
    title: 'signInCodes.tryCode: an account without sessions and keys has nothing to remove but the password',
    async run({ storage }) {
      const user = await storeUser(storage)
      const code = await storeCode(storage, user)
      const trial = trialOf(code)
      const answer = expectOutcome(await storage.signInCodes.tryCode(trial), 'right', 'The code is right')
      const { deletedApiKeyIds = [], ...others } = answer
      const proven = provenUser({ user, now: trial.now })
      const rule = 'The address is proven, and the answer names no record'
      const asked = { outcome: 'right', email: user.email, user: proven, isProvenNow: true, revokedSessionIds: [] }
      expectEqual([others, deletedApiKeyIds], [asked, []], rule)
      expectEqual(await storage.users.find({ userId: user.id }), proven, rule)
    },
  },
]
