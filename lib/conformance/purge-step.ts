import { storeCode } from '../features/email-codes/conformance/code-account.js'
import { storeFlow } from '../features/providers/conformance/provider-flow.js'
import { findToken } from './account-state.js'
import { hasFeature } from './optional-features.js'
import { purgeTime as now, purgeToTheEnd, storeElder } from './purge-cases.js'
import { done, type StepOf } from './step.js'
import { storeSession, storeToken } from './stored-records.js'

/** A purge that has one session to remove, and a token, a mailed code and a flow of a provider if the storage has them. */
export const purgeStep: StepOf = {
  method: 'purge',
  async prepare(storage) {
    await purgeToTheEnd(storage, 1_000)
    const elder = await storeElder(storage)
    const { id: sessionId } = await storeSession(storage, elder, { expiresAt: now })
    const tokens = hasFeature(storage, 'email') ? [await storeToken(storage, elder, { expiresAt: now })] : []
    const codes = hasFeature(storage, 'email-codes') ? [await storeCode(storage, elder, { expiresAt: now })] : []
    const flows = hasFeature(storage, 'providers') ? [await storeFlow(storage, { now: now - 1, expiresAt: now })] : []
    return {
      attempt: storage => done(storage.purge({ now, revokedBefore: now, eventsBefore: now, limit: 1_000 })),
      first: 'done',
      again: ['done'],
      observe: async storage => [
        await storage.sessions.find({ sessionId, now: now - 1 }),
        ...(await Promise.all(tokens.map(token => findToken(storage, token, now - 1)))),
        ...(await Promise.all(codes.map(({ email }) => storage.signInCodes.find({ email, now: now - 1 })))),
        ...(await Promise.all(flows.map(flow => storage.providerFlows.claim(flow)))),
      ],
      effect: [null, ...[...tokens, ...codes].map(() => null), ...flows.map(() => ({ outcome: 'claimed' }))],
    }
  },
}
