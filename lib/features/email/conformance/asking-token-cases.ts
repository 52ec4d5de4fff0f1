import { addressChangeOf } from '../../../conformance/account-requests.js'
import { expectUnchanged } from '../../../conformance/account-state.js'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import type { PasswordHash } from '../../../storage/records.js'
import { consumed } from './consume-token.js'

/** Cases for methods of mailed tokens that check the requesting session again within their own step. */
export const askingTokenCases: readonly ConformanceCase[] = [
  ...askingCases({
    'oneTimeTokens.issue': {
      granted: 'issued',
      ask: ({ oneTimeTokens }, account, { sessionId }) => oneTimeTokens.issue(addressChangeOf(account, sessionId)),
    },
  }),
  {
    title: 'oneTimeTokens.issue: an outdated hash is stale, and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = { ...addressChangeOf(account, account.sessions[0].id), currentHash: randomPasswordHash() }
      const issue = () => storage.oneTimeTokens.issue(request)
      const rule = 'An outdated password issues no token'
      expectEqual(await expectUnchanged(storage, account, issue, rule), { outcome: 'stale' }, rule)
    },
  },
  ...(['confirmEmail', 'changeEmail'] as const).map(
    (method): ConformanceCase => ({
      title: `oneTimeTokens.${method}: a hash that no longer stands is stale, and the token stays good`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { user, tokens, now } = account
        const consume = async (currentHash: PasswordHash | null): Promise<{ readonly outcome: string }> =>
          storage.oneTimeTokens[method]({ hash: tokens[method].hash, now, ...(currentHash && { currentHash }) })
        const rule = 'A password that was changed meanwhile consumes no token'
        const stale = { outcome: 'stale' }
        expectEqual(await expectUnchanged(storage, account, () => consume(randomPasswordHash()), rule), stale, rule)
        const { outcome } = await consume(user.passwordHash)
        expectEqual(outcome, consumed[method], 'The hash that stands consumes the token')
        const again = await consume(randomPasswordHash())
        expectEqual(again, { outcome: 'invalid' }, 'A consumed token is invalid with any hash')
      },
    }),
  ),
]
