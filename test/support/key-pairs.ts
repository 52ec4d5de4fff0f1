import { generateKeyPairSync, type KeyObject } from 'node:crypto'

export interface PemPair {
  readonly privateKey: string
  readonly publicKey: string
}

export function pems({ privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }): PemPair {
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** New at every run, one for each algorithm. */
export const keyPairs = {
  EdDSA: pems(generateKeyPairSync('ed25519')),
  ES256: pems(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  RS256: pems(generateKeyPairSync('rsa', { modulusLength: 2048 })),
} as const

export const algorithms = ['EdDSA', 'ES256', 'RS256'] as const
