import { type Static, type TUnsafe, Type } from '@sinclair/typebox'

/** Binary content in base64url without padding. */
function base64Url(maximumLength: number, description: string): TUnsafe<string> {
  return Type.Unsafe<string>({ type: 'string', pattern: `^[A-Za-z0-9_-]{1,${maximumLength}}$`, description })
}

// Browsers add members to these objects over the years: unknown ones are allowed and ignored.

/** At most 1,023 bytes (WebAuthn, section 4). */
export const CredentialId = base64Url(1364, 'The credential id, in base64url')

const clientDataJSON = base64Url(5464, 'The client data, in base64url')
const authenticatorAttachment = Type.Optional(Type.Unsafe<string | null>({}))
const clientExtensionResults = Type.Optional(Type.Unsafe<object>({ type: 'object' }))

const PublicKeyType = Type.Unsafe<'public-key'>({ type: 'string', enum: ['public-key'] })

/** A new passkey: `toJSON()` of the `PublicKeyCredential` that `navigator.credentials.create` returned. */
export const RegistrationCredential = Type.Object(
  {
    id: CredentialId,
    rawId: CredentialId,
    type: PublicKeyType,
    response: Type.Object(
      {
        clientDataJSON,
        attestationObject: base64Url(16_384, 'The attestation object, in base64url. The attestation is ignored.'),
        transports: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 16 })),
      },
      { additionalProperties: true },
    ),
    authenticatorAttachment,
    clientExtensionResults,
  },
  {
    $id: 'fast-auth.AuthPasskeyRegistration',
    additionalProperties: true,
    description: 'RegistrationResponseJSON (WebAuthn Level 3, section 5.1.3)',
  },
)
export type RegistrationCredential = Static<typeof RegistrationCredential>

/** The use of a passkey: `toJSON()` of the `PublicKeyCredential` that `navigator.credentials.get` returned. */
export const AuthenticationCredential = Type.Object(
  {
    id: CredentialId,
    rawId: CredentialId,
    type: PublicKeyType,
    response: Type.Object(
      {
        clientDataJSON,
        authenticatorData: base64Url(5464, 'The authenticator data, in base64url'),
        signature: base64Url(5464, 'The signature, in base64url'),
        userHandle: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 128 })),
      },
      { additionalProperties: true },
    ),
    authenticatorAttachment,
    clientExtensionResults,
  },
  {
    $id: 'fast-auth.AuthPasskeyAssertion',
    additionalProperties: true,
    description: 'AuthenticationResponseJSON (WebAuthn Level 3, section 5.1.4)',
  },
)
export type AuthenticationCredential = Static<typeof AuthenticationCredential>
