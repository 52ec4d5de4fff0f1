import { redeemProviderCode as schema } from '../../../schemas/providers/redeem-provider-code.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { answerWaitingResult } from './answer-waiting-result.js'
import type { ProviderRoute } from './dependencies.js'
import { ProviderCodeInvalidError } from './errors.js'
import { readFlows } from './provider-flow.js'
import { redeemProviderCode } from './redeem-provider-code.js'

export const redeemProviderCodeRoute: ProviderRoute = (scope, routeDependencies) => {
  const { dependencies, cookies, crossSiteGuard, clock } = routeDependencies
  scope.post('/providers/redeem', { schema }, async (request, reply) => {
    crossSiteGuard(request)
    const now = clock()
    const flows = readFlows(dependencies.sealer, cookies.providerFlows(request), now)
    const redeemed = await redeemProviderCode(dependencies, { code: request.body.code, flows, now })
    if (redeemed === null) throw new ProviderCodeInvalidError()
    const place = { transport: 'token', now } as const
    return 'issued' in redeemed
      ? answerIssuedTokens(reply, cookies, redeemed.issued, place)
      : answerWaitingResult(routeDependencies, reply, redeemed.waiting, place)
  })
}
