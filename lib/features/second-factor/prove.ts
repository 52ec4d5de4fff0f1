import { matchTotpStep, newTotpSecret } from '../../tokens/totp.js'
import type { ProofSource } from '../proof-source.js'
import type { OwnDependencies } from './dependencies.js'
import { recoveryCodeHash } from './recovery-codes.js'
import { openSecret, sealSecret } from './sealed-secret.js'

declare module '../proof-source.js' {
  interface ProofValues {
    readonly code: string
    readonly recoveryCode: string
  }
}

/** The code as the app computes it: some apps show a space in the middle. */
export function canonicalCode(typed: string): string {
  return typed.replace(' ', '')
}

/** Creates the proofs of authenticator apps and recovery codes. */
export function createSecondFactorProofs({
  secondFactorStore,
  sealer,
}: Pick<OwnDependencies, 'secondFactorStore' | 'sealer'>): ProofSource {
  /** Compared with the code if the user has no app, so that this takes as long. */
  const decoySecret = newTotpSecret()

  return {
    fields: {
      code: {
        method: 'totp',
        async prove(typed, { user, now }) {
          const { totp } = await secondFactorStore.find({ userId: user.id })
          const secret = totp === null ? null : openSecret(sealer, totp)
          const lastStep = totp === null ? null : totp.lastStep
          const step = matchTotpStep(secret ?? decoySecret, canonicalCode(typed), { now, lastStep })
          if (totp === null || totp.confirmedAt === null) return 'wrong_second_factor'
          if (secret === null) return 'second_factor_unreadable'
          if (step === null) return 'wrong_second_factor'
          const proof = { kind: 'totp', factorId: totp.id, step } as const
          if (sealer.isCurrent(totp.sealedSecret)) return { proof }
          return { proof: { ...proof, sealedSecret: sealSecret(sealer, secret, totp.id) } }
        },
      },

      recoveryCode: {
        method: 'recoveryCode',
        async prove(typed) {
          const hash = recoveryCodeHash(typed)
          return hash === null ? 'wrong_second_factor' : { proof: { kind: 'recoveryCode', hash } }
        },
      },
    },

    async secondFactorsOf(userId) {
      const { totp, recoveryCodesLeft } = await secondFactorStore.find({ userId })
      if (totp === null || totp.confirmedAt === null) return []
      return recoveryCodesLeft === 0 ? ['totp'] : ['totp', 'recoveryCode']
    },
  }
}
