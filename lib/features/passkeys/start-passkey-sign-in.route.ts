import { startPasskeySignIn as schema } from '../../../schemas/passkeys/start-passkey-sign-in.js'
import { challengeLifetime } from '../../tokens/passkey-challenge.js'
import type { FeatureRoute } from '../feature.js'
import type { OwnDependencies } from './dependencies.js'

export const startPasskeySignInRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, clock }) => {
  const { passkeyChallenges, passkeySettings } = dependencies
  scope.post('/sign-in/passkey/options', { schema }, async () => ({
    challenge: passkeyChallenges.issueAuthentication(clock()),
    rpId: passkeySettings.rpId,
    timeout: challengeLifetime,
    userVerification: 'required' as const,
  }))
}
