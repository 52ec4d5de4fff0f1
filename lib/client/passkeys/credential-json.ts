import type {
  AuthPasskeyAssertion,
  AuthPasskeyCreationOptions,
  AuthPasskeyRegistration,
  AuthPasskeyRequestOptions,
} from '../generated/operations.js'

// The client always converts by itself. Safari has `parseCreationOptionsFromJSON` and `toJSON` only since 18.4, and in every browser
// some password managers replace the credential by an object whose `toJSON` throws "Illegal invocation".

interface CredentialMembers {
  readonly id: string
  readonly rawId: ArrayBuffer
}

/** The result of `navigator.credentials.create`. */
export interface NewCredential extends CredentialMembers {
  readonly response: {
    readonly clientDataJSON: ArrayBuffer
    readonly attestationObject: ArrayBuffer
    getTransports?(): string[]
  }
}

/** The result of `navigator.credentials.get`. */
export interface UsedCredential extends CredentialMembers {
  readonly response: {
    readonly clientDataJSON: ArrayBuffer
    readonly authenticatorData: ArrayBuffer
    readonly signature: ArrayBuffer
    readonly userHandle: ArrayBuffer | null
  }
}

function toBytes(text: string): Uint8Array {
  const characters = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(characters, character => character.charCodeAt(0))
}

function toText(bytes: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** As `PublicKeyCredential.parseCreationOptionsFromJSON`. */
export function creationOptions(options: AuthPasskeyCreationOptions): object {
  const { challenge, user, excludeCredentials } = options
  return {
    ...options,
    challenge: toBytes(challenge),
    user: { ...user, id: toBytes(user.id) },
    excludeCredentials: excludeCredentials.map(known => ({ ...known, id: toBytes(known.id) })),
  }
}

/** As `PublicKeyCredential.parseRequestOptionsFromJSON`. */
export function requestOptions(options: AuthPasskeyRequestOptions): object {
  return { ...options, challenge: toBytes(options.challenge) }
}

/** As `toJSON` of a new credential, without the members that the server does not read. */
export function registrationOf({ id, rawId, response }: NewCredential): AuthPasskeyRegistration {
  return {
    id,
    rawId: toText(rawId),
    type: 'public-key',
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      attestationObject: toText(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  }
}

/** As `toJSON` of a used credential, without the members that the server does not read. */
export function assertionOf({ id, rawId, response }: UsedCredential): AuthPasskeyAssertion {
  const { userHandle } = response
  return {
    id,
    rawId: toText(rawId),
    type: 'public-key',
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
      userHandle: userHandle === null ? null : toText(userHandle),
    },
  }
}
