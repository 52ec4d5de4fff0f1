import { getSecondFactor as schema } from '../../../schemas/second-factor/get-second-factor.js'
import { timestamp } from '../../http/answer-issued-tokens.js'
import { currentSession } from '../../http/guards.js'
import type { FeatureRoute } from '../feature.js'
import { alternativesOf } from '../proof-source.js'
import type { OwnDependencies } from './dependencies.js'
import type { TotpFactorRecord } from './port.js'

function publicTotp(totp: TotpFactorRecord | null): { readonly confirmedAt: string } | null {
  return totp === null || totp.confirmedAt === null ? null : { confirmedAt: timestamp(totp.confirmedAt) }
}

export const getSecondFactorRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, setupGuards }) => {
  const { secondFactorStore, secondFactor } = dependencies
  scope.get('/second-factor', { schema, onRequest: setupGuards.requireSession }, async request => {
    const { id: userId } = currentSession(request)
    const { totp, recoveryCodesLeft } = await secondFactorStore.find({ userId })
    const passkeys = (await alternativesOf(dependencies, userId)).length
    return { totp: publicTotp(totp), passkeys, recoveryCodesLeft, required: secondFactor === 'required' }
  })
}
