/** Generated from openapi.yml by "npm run client": change the schemas, not this file. */

export type AuthUser = {
    id: string;
    /**
     * The canonical address
     */
    email: string;
    /**
     * When the address was confirmed; `null` if it is not
     */
    emailConfirmedAt: string | null;
    /**
     * The application's own fields
     */
    profile: {
        [key: string]: unknown;
    };
    createdAt: string;
    lastSignInAt: string | null;
    /**
     * Absent if the user has none
     */
    username?: string;
};

export type AuthSignUp = {
    /**
     * An address without display name or quotes. The domain may be international.
     */
    email: string;
    /**
     * Any text, including spaces; at most 128 characters, and at least 8 unless the server requires another minimum. Frequent passwords, passwords made of the address or the name of the application, and others that the server refuses get FAST_AUTH_PASSWORD_TOO_WEAK and the `rule`.
     */
    password: string;
    /**
     * How the response carries tokens: `cookie` sets HttpOnly cookies and puts no token into the body; `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
    /**
     * Letters a to z, digits, and single . _ - between them. Stored in lower case; names that differ only in case are the same name. Some words are reserved.
     */
    username?: string;
    /**
     * The token of an invitation that was mailed to this address: the address is then confirmed, and the user a member
     */
    invitationToken?: string;
    /**
     * The application's own fields
     */
    profile?: {
        [key: string]: unknown;
    };
};

export type AuthConfirmationRequired = {
    status: 'confirmation_required';
};

export type AuthMe = {
    user: AuthUser;
    /**
     * The kind of credential that the request carries
     */
    via: 'session' | 'apiKey';
    /**
     * The scopes of the API key
     */
    scopes?: Array<string>;
    /**
     * The organisation in which the credential acts, and the role of its user there; `null`: in none
     */
    organization?: {
        id: string;
        /**
         * owner, admin, member, or a role of the application
         */
        role: string;
    } | null;
};

export type AuthUpdateMe = {
    /**
     * Letters a to z, digits, and single . _ - between them. Stored in lower case; names that differ only in case are the same name. Some words are reserved. `null` removes it.
     */
    username?: string | null;
    /**
     * The application's own fields
     */
    profile?: {
        [key: string]: unknown;
    };
};

export type AuthUpdatedUser = {
    user: AuthUser;
};

export type AuthDeleteMe = {
    /**
     * May be omitted if the user signed in or called `reauthenticate` in the last five minutes
     */
    password?: string;
};

export type AuthSignIn = {
    /**
     * An address without display name or quotes. The domain may be international.
     */
    email?: string;
    /**
     * Any text, including spaces; at most 128 characters. It is compared in Unicode NFC and not changed otherwise.
     */
    password: string;
    /**
     * How the response carries tokens: `cookie` sets HttpOnly cookies and puts no token into the body; `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
    /**
     * Case does not matter
     */
    username?: string;
};

export type AuthSecondFactorRequired = {
    status: 'second_factor_required';
    /**
     * The second factors that this user can give now to `completeSignIn`
     */
    methods: Array<'totp' | 'recoveryCode' | 'passkey'>;
    expiresAt: string;
    /**
     * Only with transport `token`: send it to `completeSignIn`
     */
    signInToken?: string;
};

export type AuthCompleteSignIn = {
    /**
     * The six digits that the authenticator app shows. Each code is accepted once.
     */
    code?: string;
    /**
     * A recovery code. Case, spaces and hyphens do not matter. Each code is accepted once.
     */
    recoveryCode?: string;
    credential?: AuthPasskeyAssertion;
    /**
     * The `signInToken` of the response to the sign-in; with cookies, it is in a cookie instead
     */
    signInToken?: string;
};

export type AuthReauthenticate = {
    /**
     * Any text, including spaces; at most 128 characters. It is compared in Unicode NFC and not changed otherwise.
     */
    password?: string;
    /**
     * The six digits that the authenticator app shows. Each code is accepted once.
     */
    code?: string;
    /**
     * A recovery code. Case, spaces and hyphens do not matter. Each code is accepted once.
     */
    recoveryCode?: string;
    credential?: AuthPasskeyAssertion;
    /**
     * How the response carries tokens: `cookie` sets HttpOnly cookies and puts no token into the body; `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
};

export type AuthSession = {
    id: string;
    createdAt: string;
    /**
     * When the session ends unless the client refreshes it earlier
     */
    expiresAt: string;
    /**
     * The organisation in which the credential acts, and the role of its user there; `null`: in none
     */
    organization?: {
        id: string;
        /**
         * owner, admin, member, or a role of the application
         */
        role: string;
    } | null;
};

export type AuthListedSession = {
    id: string;
    createdAt: string;
    /**
     * When the session was created or last refreshed
     */
    lastSeenAt: string;
    /**
     * When the session ends unless the client refreshes it earlier
     */
    expiresAt: string;
    /**
     * The `User-Agent` of the sign-in, then of the last refresh
     */
    userAgent: string | null;
    /**
     * The network address of the sign-in, then of the last refresh
     */
    ip: string | null;
    /**
     * Whether this session sent the request
     */
    current: boolean;
};

export type AuthResponse = {
    user: AuthUser;
    session: AuthSession;
    accessTokenExpiresAt: string;
    /**
     * Only with transport `token`: a JWT (RFC 9068)
     */
    accessToken?: string;
    /**
     * Only with transport `token`: opaque, single use
     */
    refreshToken?: string;
    /**
     * Only with transport `token`
     */
    tokenType?: 'Bearer';
    /**
     * Only with transport `token`: seconds until the access token expires
     */
    expiresIn?: number;
};

export type AuthSessionList = {
    items: Array<AuthListedSession>;
    /**
     * Number of all sessions
     */
    total: number;
    /**
     * As requested
     */
    limit: number;
    /**
     * As requested
     */
    offset: number;
};

export type AuthRefreshToken = {
    /**
     * Only with transport `token`; omit it with cookies
     */
    refreshToken?: string;
};

export type AuthRevokedSessions = {
    /**
     * The number of sessions that ended
     */
    revoked: number;
};

export type AuthIntrospectToken = {
    /**
     * A token of a session, or an API key
     */
    token: string;
};

export type AuthIntrospection = {
    /**
     * Whether the server accepts the token at this moment
     */
    active: boolean;
    tokenType?: 'access_token' | 'refresh_token' | 'api_key';
    /**
     * The user's id
     */
    sub?: string;
    sessionId?: string;
    /**
     * The scopes of the API key
     */
    scopes?: Array<string>;
    /**
     * When the token was issued, in seconds since the Unix epoch
     */
    iat?: number;
    /**
     * When the token expires, in seconds since the Unix epoch; absent if it does not expire
     */
    exp?: number;
    /**
     * The organisation in which the credential acts, and the role of its user there; `null`: in none
     */
    organization?: {
        id: string;
        /**
         * owner, admin, member, or a role of the application
         */
        role: string;
    } | null;
};

export type AuthJwks = {
    /**
     * Empty if access tokens are signed with a secret (HS256)
     */
    keys: Array<{
        /**
         * OKP, EC or RSA
         */
        kty: string;
        use: 'sig';
        /**
         * EdDSA, ES256 or RS256
         */
        alg: string;
        /**
         * The thumbprint of the key (RFC 7638)
         */
        kid: string;
        /**
         * Ed25519 or P-256
         */
        crv?: string;
        /**
         * OKP and EC
         */
        x?: string;
        /**
         * EC
         */
        y?: string;
        /**
         * RSA: the modulus
         */
        n?: string;
        /**
         * RSA: the exponent
         */
        e?: string;
    }>;
};

export type AuthChangePassword = {
    /**
     * May be omitted if the user signed in or called `reauthenticate` in the last five minutes
     */
    currentPassword?: string;
    /**
     * Any text, including spaces; at most 128 characters, and at least 8 unless the server requires another minimum. Frequent passwords, passwords made of the address or the name of the application, and others that the server refuses get FAST_AUTH_PASSWORD_TOO_WEAK and the `rule`.
     */
    newPassword: string;
    /**
     * How the response carries tokens: `cookie` sets HttpOnly cookies and puts no token into the body; `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
};

export type AuthSecondFactor = {
    /**
     * The authenticator app; null if there is none, or it is not confirmed
     */
    totp: {
        confirmedAt: string;
    } | null;
    /**
     * How many passkeys the user has. Each replaces the password and the second factor.
     */
    passkeys: number;
    /**
     * How many recovery codes are not used up
     */
    recoveryCodesLeft: number;
    /**
     * Whether every user must have a second factor
     */
    required: boolean;
};

export type AuthNewTotp = {
    /**
     * The secret in Base32, to type into the app if it cannot scan the QR code
     */
    secret: string;
    /**
     * The `otpauth:` URI. Show it as a QR code that the client draws itself: the URI contains the secret.
     */
    uri: string;
    expiresAt: string;
};

export type AuthConfirmTotp = {
    /**
     * The six digits that the authenticator app shows. Each code is accepted once.
     */
    code: string;
    /**
     * How the response carries tokens: `cookie` sets HttpOnly cookies and puts no token into the body; `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
};

export type AuthTotpConfirmed = {
    user: AuthUser;
    session: AuthSession;
    accessTokenExpiresAt: string;
    /**
     * Only with transport `token`: a JWT (RFC 9068)
     */
    accessToken?: string;
    /**
     * Only with transport `token`: opaque, single use
     */
    refreshToken?: string;
    /**
     * Only with transport `token`
     */
    tokenType?: 'Bearer';
    /**
     * Only with transport `token`: seconds until the access token expires
     */
    expiresIn?: number;
    /**
     * Ten codes for a user who has lost the authenticator app. No later response contains them.
     */
    recoveryCodes: [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string
    ];
};

export type AuthNewRecoveryCodes = {
    /**
     * Ten codes for a user who has lost the authenticator app. No later response contains them.
     */
    recoveryCodes: [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string
    ];
};

export type AuthPasskey = {
    id: string;
    name: string;
    createdAt: string;
    /**
     * null: it was never used to sign in or with `reauthenticate`
     */
    lastUsedAt: string | null;
    /**
     * Whether the passkey is backed up, for example by the password manager of a platform
     */
    synced: boolean;
    /**
     * How the browser reaches the authenticator
     */
    transports: Array<string>;
    /**
     * The credential id, in base64url, for the signals to the authenticator
     */
    credentialId: string;
    /**
     * The user handle, in base64url, for the signals to the authenticator
     */
    userHandle: string;
};

/**
 * PublicKeyCredentialCreationOptionsJSON (WebAuthn Level 3, section 5.1.9)
 */
export type AuthPasskeyCreationOptions = {
    rp: {
        id: string;
        name: string;
    };
    user: {
        id: string;
        name: string;
        displayName: string;
    };
    challenge: string;
    pubKeyCredParams: Array<{
        type: 'public-key';
        alg: number;
    }>;
    /**
     * Lifetime of the challenge, in milliseconds
     */
    timeout: number;
    excludeCredentials: Array<{
        type: 'public-key';
        id: string;
        transports: Array<string>;
    }>;
    authenticatorSelection: {
        residentKey: 'required';
        requireResidentKey: true;
        userVerification: 'required';
    };
    attestation: 'none';
};

/**
 * RegistrationResponseJSON (WebAuthn Level 3, section 5.1.3)
 */
export type AuthPasskeyRegistration = {
    /**
     * The credential id, in base64url
     */
    id: string;
    /**
     * The credential id, in base64url
     */
    rawId: string;
    type: 'public-key';
    response: {
        /**
         * The client data, in base64url
         */
        clientDataJSON: string;
        /**
         * The attestation object, in base64url. The attestation is ignored.
         */
        attestationObject: string;
        transports?: Array<string>;
        [key: string]: unknown | string | string | Array<string> | undefined;
    };
    authenticatorAttachment?: unknown;
    clientExtensionResults?: {
        [key: string]: unknown;
    };
    [key: string]: unknown | string | 'public-key' | {
        /**
         * The client data, in base64url
         */
        clientDataJSON: string;
        /**
         * The attestation object, in base64url. The attestation is ignored.
         */
        attestationObject: string;
        transports?: Array<string>;
        [key: string]: unknown | string | string | Array<string> | undefined;
    } | {
        [key: string]: unknown;
    } | undefined;
};

export type AuthRegisterPasskey = {
    credential: AuthPasskeyRegistration;
    /**
     * A label for the user. At most 100 characters; leading and trailing whitespace is removed.
     */
    name?: string;
};

export type AuthPasskeyList = {
    items: Array<AuthPasskey>;
    /**
     * The relying party id of the server, for the signals to the authenticator
     */
    rpId: string;
};

export type AuthRenamePasskey = {
    /**
     * A label for the user. At most 100 characters; leading and trailing whitespace is removed.
     */
    name: string;
};

/**
 * PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3, section 5.1.10)
 */
export type AuthPasskeyRequestOptions = {
    challenge: string;
    rpId: string;
    /**
     * Lifetime of the challenge, in milliseconds
     */
    timeout: number;
    userVerification: 'required';
};

/**
 * AuthenticationResponseJSON (WebAuthn Level 3, section 5.1.4)
 */
export type AuthPasskeyAssertion = {
    /**
     * The credential id, in base64url
     */
    id: string;
    /**
     * The credential id, in base64url
     */
    rawId: string;
    type: 'public-key';
    response: {
        /**
         * The client data, in base64url
         */
        clientDataJSON: string;
        /**
         * The authenticator data, in base64url
         */
        authenticatorData: string;
        /**
         * The signature, in base64url
         */
        signature: string;
        userHandle?: string | null;
        [key: string]: unknown | string | string | null | undefined;
    };
    authenticatorAttachment?: unknown;
    clientExtensionResults?: {
        [key: string]: unknown;
    };
    [key: string]: unknown | string | 'public-key' | {
        /**
         * The client data, in base64url
         */
        clientDataJSON: string;
        /**
         * The authenticator data, in base64url
         */
        authenticatorData: string;
        /**
         * The signature, in base64url
         */
        signature: string;
        userHandle?: string | null;
        [key: string]: unknown | string | string | null | undefined;
    } | {
        [key: string]: unknown;
    } | undefined;
};

export type AuthSignInWithPasskey = {
    credential: AuthPasskeyAssertion;
    /**
     * How the response carries tokens: `cookie` sets HttpOnly cookies and puts no token into the body; `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
};

export type AuthRelatedOrigins = {
    origins: Array<string>;
};

export type AuthRequestSignInCode = {
    /**
     * An address without display name or quotes. The domain may be international.
     */
    email: string;
    /**
     * How the response carries tokens: `cookie` sets HttpOnly cookies and puts no token into the body; `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
};

export type AuthSignInCodeRequested = {
    status: 'accepted';
    expiresAt: string;
    /**
     * Only with transport `token`: send it to `signInWithCode`
     */
    signInToken?: string;
};

export type AuthSignInWithCode = {
    /**
     * The code of the message: eight letters and digits, in any case, with any spaces and hyphens
     */
    code?: string;
    /**
     * The `token` in the fragment of the mailed link
     */
    token?: string;
    /**
     * The `signInToken` of the response to `requestSignInCode`; with cookies, it is in a cookie instead
     */
    signInToken?: string;
};

export type AuthStartProviderSignIn = {
    /**
     * Where the browser goes afterwards: a path of the server that begins with one slash, or a URL of a trusted origin, without a fragment. Default: the start page of the server.
     */
    returnTo?: string;
    /**
     * How the response carries tokens: `cookie` sets HttpOnly cookies and puts no token into the body; `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
};

export type AuthProviderRedirect = {
    /**
     * Send the browser to this URL. The provider returns it to the callback of the server.
     */
    url: string;
};

export type AuthRedeemProviderCode = {
    /**
     * The `code` in the fragment of `returnTo`
     */
    code: string;
};

export type AuthProviderSignInWaiting = {
    /**
     * `second_factor_required`: continue with `completeSignIn`. `sign_up_required`: the provider has proven who the user is, and `finishProviderSignUp` takes the fields that the application requires.
     */
    status: 'second_factor_required' | 'sign_up_required';
    /**
     * The second factors that this user can give now
     */
    methods?: Array<'totp' | 'recoveryCode' | 'passkey'>;
    expiresAt: string;
    /**
     * Only with transport `token`: send it to the operation that continues
     */
    signInToken?: string;
};

export type AuthSignInWithIdToken = {
    /**
     * The ID token that the provider gave to the app
     */
    idToken: string;
    /**
     * The nonce that the app sent to the provider: the ID token must contain it
     */
    nonce: string;
    /**
     * How the response carries tokens: `cookie` sets HttpOnly cookies and puts no token into the body; `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
};

export type AuthFinishProviderSignUp = {
    /**
     * The `signInToken` of the response that asked for the sign-up; with cookies, it is in a cookie instead
     */
    signInToken?: string;
    /**
     * Letters a to z, digits, and single . _ - between them. Stored in lower case; names that differ only in case are the same name. Some words are reserved.
     */
    username?: string;
    /**
     * The application's own fields
     */
    profile?: {
        [key: string]: unknown;
    };
};

export type AuthIdentity = {
    id: string;
    /**
     * The name of a provider that the server offers
     */
    provider: string;
    /**
     * What the provider said about the address when the identity was linked
     */
    email: string | null;
    createdAt: string;
    /**
     * The last sign-in with it
     */
    lastUsedAt: string | null;
};

export type AuthIdentityList = {
    items: Array<AuthIdentity>;
};

export type AuthLinkIdentity = {
    /**
     * Where the browser goes afterwards: a path of the server that begins with one slash, or a URL of a trusted origin, without a fragment. Default: the start page of the server.
     */
    returnTo?: string;
};

export type AuthOrganization = {
    id: string;
    name: string;
    /**
     * `personal`: it belongs to one user and has no other members
     */
    kind: 'shared' | 'personal';
    /**
     * owner, admin, member, or a role of the application
     */
    role: string;
    joinedAt: string;
    /**
     * Whether the credential of the request acts in it
     */
    current: boolean;
};

export type AuthOrganizationList = {
    items: Array<AuthOrganization>;
    /**
     * The value of `after` for the next page; `null` on the last page
     */
    next: string | null;
};

export type AuthCreateOrganization = {
    /**
     * A name for people: 1 to 100 characters, without control characters, line breaks, marks of direction and links. Leading and trailing whitespace is removed.
     */
    name: string;
};

export type AuthUpdateOrganization = {
    /**
     * A name for people: 1 to 100 characters, without control characters, line breaks, marks of direction and links. Leading and trailing whitespace is removed.
     */
    name: string;
};

export type AuthSwitchOrganization = {
    /**
     * The organisation in which the session acts from now on; `null`: in none
     */
    organizationId: string | null;
    /**
     * The refresh token of the session. Required beside an access token in the Authorization header; omit it with cookies
     */
    refreshToken?: string;
};

export type AuthMember = {
    userId: string;
    /**
     * The canonical address
     */
    email: string;
    /**
     * owner, admin, member, or a role of the application
     */
    role: string;
    joinedAt: string;
    /**
     * Absent if the user has none
     */
    username?: string;
};

export type AuthMemberList = {
    items: Array<AuthMember>;
    /**
     * The value of `after` for the next page; `null` on the last page
     */
    next: string | null;
};

export type AuthChangeMemberRole = {
    /**
     * owner, admin, member, or a role of the application
     */
    role: string;
};

export type AuthInvitation = {
    id: string;
    /**
     * The canonical address
     */
    email: string;
    /**
     * owner, admin, member, or a role of the application
     */
    role: string;
    expiresAt: string;
};

export type AuthInvitationList = {
    items: Array<AuthInvitation>;
    /**
     * The value of `after` for the next page; `null` on the last page
     */
    next: string | null;
};

export type AuthInviteMember = {
    /**
     * An address without display name or quotes. The domain may be international.
     */
    email: string;
    /**
     * owner, admin, member, or a role of the application
     */
    role: string;
};

export type AuthInvitationToken = {
    /**
     * The token from the fragment of the mailed link
     */
    token: string;
};

export type AuthInvitationPreview = {
    organizationName: string;
    /**
     * owner, admin, member, or a role of the application
     */
    role: string;
    /**
     * The invited address, with most of its characters replaced
     */
    email: string;
    expiresAt: string;
};

export type AuthAcceptInvitation = {
    /**
     * The token from the fragment of the mailed link
     */
    token: string;
    /**
     * The refresh token of the session. Required beside an access token in the Authorization header; omit it with cookies
     */
    refreshToken?: string;
};

export type AuthApiKey = {
    id: string;
    name: string;
    /**
     * The first characters of the key, for display
     */
    keyPrefix: string;
    /**
     * The last four characters of the key
     */
    lastFour: string;
    /**
     * The scopes that the key grants
     */
    scopes: Array<string>;
    createdAt: string;
    /**
     * When the key expires; `null` if it does not expire
     */
    expiresAt: string | null;
    /**
     * When the key was last used, to about a minute; `null` if it has not been used
     */
    lastUsedAt: string | null;
    /**
     * The organisation in which the key acts; `null`: in none
     */
    organizationId?: string | null;
};

export type AuthNewApiKey = {
    id: string;
    name: string;
    /**
     * The first characters of the key, for display
     */
    keyPrefix: string;
    /**
     * The last four characters of the key
     */
    lastFour: string;
    /**
     * The scopes that the key grants
     */
    scopes: Array<string>;
    createdAt: string;
    /**
     * When the key expires; `null` if it does not expire
     */
    expiresAt: string | null;
    /**
     * When the key was last used, to about a minute; `null` if it has not been used
     */
    lastUsedAt: string | null;
    /**
     * The key itself. No later response contains it.
     */
    key: string;
    /**
     * The organisation in which the key acts; `null`: in none
     */
    organizationId?: string | null;
};

export type AuthApiKeyList = {
    items: Array<AuthApiKey>;
    /**
     * The number of keys on all pages
     */
    total: number;
    /**
     * The requested limit, or the default
     */
    limit: number;
    /**
     * The requested offset, or the default
     */
    offset: number;
};

export type AuthCreateApiKey = {
    /**
     * A label for people. At most 100 characters; leading and trailing whitespace is removed.
     */
    name: string;
    /**
     * The scopes that the key grants; the application must know each. A key without scopes can call only routes that require none.
     */
    scopes?: Array<string>;
    /**
     * An RFC 3339 time in the future. Default: the application decides when the key expires.
     */
    expiresAt?: string;
    /**
     * The organisation in which the key acts. It ends with the membership of the user. Default: the key acts in none.
     */
    organizationId?: string;
};

export type AuthRollApiKey = {
    /**
     * Seconds for which the old key stays valid, unless it expires earlier. 0 deletes it immediately.
     */
    overlapSeconds?: number;
};

export type AuthAccepted = {
    status: 'accepted';
};

export type AuthConfirmed = {
    status: 'confirmed';
};

export type AuthSendEmailConfirmation = {
    /**
     * An address without display name or quotes. The domain may be international.
     */
    email: string;
};

export type AuthConfirmEmail = {
    /**
     * The token from the fragment of the mailed link
     */
    token: string;
    /**
     * Any text, including spaces; at most 128 characters. It is compared in Unicode NFC and not changed otherwise.
     */
    password: string;
};

export type AuthRequestPasswordReset = {
    /**
     * An address without display name or quotes. The domain may be international.
     */
    email: string;
};

export type AuthResetPassword = {
    /**
     * The token from the fragment of the mailed link
     */
    token: string;
    /**
     * Any text, including spaces; at most 128 characters, and at least 8 unless the server requires another minimum. Frequent passwords, passwords made of the address or the name of the application, and others that the server refuses get FAST_AUTH_PASSWORD_TOO_WEAK and the `rule`.
     */
    password: string;
};

export type AuthRequestEmailChange = {
    /**
     * An address without display name or quotes. The domain may be international.
     */
    email: string;
    /**
     * May be omitted if the user signed in or called `reauthenticate` in the last five minutes
     */
    password?: string;
};

export type AuthConfirmEmailChange = {
    /**
     * The token from the fragment of the mailed link
     */
    token: string;
    /**
     * Any text, including spaces; at most 128 characters. It is compared in Unicode NFC and not changed otherwise.
     */
    password: string;
};

export type AuthError = {
    /**
     * The HTTP status code of the response
     */
    statusCode: number;
    /**
     * A stable error code for programs
     */
    code: string;
    /**
     * The name of the HTTP status
     */
    error: string;
    /**
     * A sentence for a developer; its wording may change
     */
    message: string;
    /**
     * With FAST_AUTH_PASSWORD_TOO_WEAK: the rule that the new password breaks
     */
    rule?: 'maximumBytes' | 'maximumLength' | 'minimumLength' | 'requireLetter' | 'requireDigit' | 'frequentPassword' | 'contextWord' | 'breached';
    /**
     * With FAST_AUTH_USER_EXISTS: the field whose value belongs to another user
     */
    taken?: 'email' | 'username';
    /**
     * With FST_ERR_VALIDATION: one entry for each invalid field
     */
    validation?: Array<{
        /**
         * JSON pointer to the invalid field
         */
        instancePath: string;
        keyword: string;
        message?: string;
    }>;
};

export type SignUpData = {
    body: AuthSignUp;
    path?: never;
    query?: never;
    url: '/auth/sign-up';
};

export type SignUpErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_PASSWORD_TOO_WEAK, FAST_AUTH_ONE_TIME_TOKEN_INVALID
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_PASSWORD_TOO_WEAK' | 'FAST_AUTH_ONE_TIME_TOKEN_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SIGN_UP_REFUSED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SIGN_UP_REFUSED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_USER_EXISTS, FAST_AUTH_ORGANIZATION_FULL
     */
    409: AuthError & {
        code: 'FAST_AUTH_USER_EXISTS' | 'FAST_AUTH_ORGANIZATION_FULL';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type SignUpError = SignUpErrors[keyof SignUpErrors];

export type SignUpResponses = {
    /**
     * The account and its first session are created
     */
    201: AuthResponse;
    /**
     * If addresses must be confirmed: the user must open the mailed link. The response is the same whether or not the address was taken.
     */
    202: AuthConfirmationRequired;
};

export type SignUpResponse = SignUpResponses[keyof SignUpResponses];

export type DeleteMeData = {
    body?: AuthDeleteMe;
    path?: never;
    query?: never;
    url: '/auth/me';
};

export type DeleteMeErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID, FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID' | 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_RECENT_SIGN_IN_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_LAST_OWNER
     */
    409: AuthError & {
        code: 'FAST_AUTH_LAST_OWNER';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type DeleteMeError = DeleteMeErrors[keyof DeleteMeErrors];

export type DeleteMeResponses = {
    /**
     * The account is deleted
     */
    204: void;
};

export type DeleteMeResponse = DeleteMeResponses[keyof DeleteMeResponses];

export type GetMeData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/me';
};

export type GetMeErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type GetMeError = GetMeErrors[keyof GetMeErrors];

export type GetMeResponses = {
    /**
     * The user who owns the credential
     */
    200: AuthMe;
};

export type GetMeResponse = GetMeResponses[keyof GetMeResponses];

export type UpdateMeData = {
    body?: AuthUpdateMe;
    path?: never;
    query?: never;
    url: '/auth/me';
};

export type UpdateMeErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_USER_EXISTS
     */
    409: AuthError & {
        code: 'FAST_AUTH_USER_EXISTS';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type UpdateMeError = UpdateMeErrors[keyof UpdateMeErrors];

export type UpdateMeResponses = {
    /**
     * The updated user
     */
    200: AuthUpdatedUser;
};

export type UpdateMeResponse = UpdateMeResponses[keyof UpdateMeResponses];

export type SignInData = {
    body: AuthSignIn;
    path?: never;
    query?: never;
    url: '/auth/sign-in';
};

export type SignInErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_EMAIL_NOT_CONFIRMED, FAST_AUTH_USER_DISABLED, FAST_AUTH_SIGN_IN_REFUSED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED' | 'FAST_AUTH_USER_DISABLED' | 'FAST_AUTH_SIGN_IN_REFUSED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type SignInError = SignInErrors[keyof SignInErrors];

export type SignInResponses = {
    /**
     * A new session is created
     */
    200: AuthResponse;
    /**
     * The password is right, and a second factor is missing
     */
    202: AuthSecondFactorRequired;
};

export type SignInResponse = SignInResponses[keyof SignInResponses];

export type CompleteSignInData = {
    body?: AuthCompleteSignIn;
    path?: never;
    query?: never;
    url: '/auth/sign-in/second-factor';
};

export type CompleteSignInErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_SIGN_IN_EXPIRED, FAST_AUTH_SECOND_FACTOR_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_SIGN_IN_EXPIRED' | 'FAST_AUTH_SECOND_FACTOR_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_EMAIL_NOT_CONFIRMED, FAST_AUTH_USER_DISABLED, FAST_AUTH_SIGN_IN_REFUSED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED' | 'FAST_AUTH_USER_DISABLED' | 'FAST_AUTH_SIGN_IN_REFUSED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type CompleteSignInError = CompleteSignInErrors[keyof CompleteSignInErrors];

export type CompleteSignInResponses = {
    /**
     * A new session is created
     */
    200: AuthResponse;
};

export type CompleteSignInResponse = CompleteSignInResponses[keyof CompleteSignInResponses];

export type ReauthenticateData = {
    body?: AuthReauthenticate;
    path?: never;
    query?: never;
    url: '/auth/reauthenticate';
};

export type ReauthenticateErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID, FAST_AUTH_INVALID_CREDENTIALS, FAST_AUTH_SECOND_FACTOR_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID' | 'FAST_AUTH_INVALID_CREDENTIALS' | 'FAST_AUTH_SECOND_FACTOR_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type ReauthenticateError = ReauthenticateErrors[keyof ReauthenticateErrors];

export type ReauthenticateResponses = {
    /**
     * This session continues with these tokens
     */
    200: AuthResponse;
};

export type ReauthenticateResponse = ReauthenticateResponses[keyof ReauthenticateResponses];

export type RefreshSessionData = {
    body?: AuthRefreshToken;
    path?: never;
    query?: never;
    url: '/auth/refresh';
};

export type RefreshSessionErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_REFRESH_TOKEN_INVALID, FAST_AUTH_REFRESH_TOKEN_REUSED, FAST_AUTH_COOKIES_MISMATCHED
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_REFRESH_TOKEN_INVALID' | 'FAST_AUTH_REFRESH_TOKEN_REUSED' | 'FAST_AUTH_COOKIES_MISMATCHED';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_EMAIL_NOT_CONFIRMED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RefreshSessionError = RefreshSessionErrors[keyof RefreshSessionErrors];

export type RefreshSessionResponses = {
    /**
     * The session continues with these tokens
     */
    200: AuthResponse;
};

export type RefreshSessionResponse = RefreshSessionResponses[keyof RefreshSessionResponses];

export type SignOutData = {
    body?: AuthRefreshToken;
    path?: never;
    query?: never;
    url: '/auth/sign-out';
};

export type SignOutErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type SignOutError = SignOutErrors[keyof SignOutErrors];

export type SignOutResponses = {
    /**
     * The session has ended
     */
    204: void;
};

export type SignOutResponse = SignOutResponses[keyof SignOutResponses];

export type RevokeOtherSessionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/sessions';
};

export type RevokeOtherSessionsErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RevokeOtherSessionsError = RevokeOtherSessionsErrors[keyof RevokeOtherSessionsErrors];

export type RevokeOtherSessionsResponses = {
    /**
     * The other sessions have ended and their tokens are revoked
     */
    200: AuthRevokedSessions;
};

export type RevokeOtherSessionsResponse = RevokeOtherSessionsResponses[keyof RevokeOtherSessionsResponses];

export type ListSessionsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        offset?: number;
    };
    url: '/auth/sessions';
};

export type ListSessionsErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type ListSessionsError = ListSessionsErrors[keyof ListSessionsErrors];

export type ListSessionsResponses = {
    /**
     * A page of the active sessions
     */
    200: AuthSessionList;
};

export type ListSessionsResponse = ListSessionsResponses[keyof ListSessionsResponses];

export type RevokeSessionData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/auth/sessions/{id}';
};

export type RevokeSessionErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_SESSION_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_SESSION_NOT_FOUND';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RevokeSessionError = RevokeSessionErrors[keyof RevokeSessionErrors];

export type RevokeSessionResponses = {
    /**
     * The session has ended and its tokens are revoked
     */
    204: void;
};

export type RevokeSessionResponse = RevokeSessionResponses[keyof RevokeSessionResponses];

export type IntrospectTokenData = {
    body: AuthIntrospectToken;
    path?: never;
    query?: never;
    url: '/auth/tokens/introspect';
};

export type IntrospectTokenErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type IntrospectTokenError = IntrospectTokenErrors[keyof IntrospectTokenErrors];

export type IntrospectTokenResponses = {
    /**
     * The state of the token
     */
    200: AuthIntrospection;
};

export type IntrospectTokenResponse = IntrospectTokenResponses[keyof IntrospectTokenResponses];

export type GetJwksData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/.well-known/jwks.json';
};

export type GetJwksErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type GetJwksError = GetJwksErrors[keyof GetJwksErrors];

export type GetJwksResponses = {
    /**
     * The key set
     */
    200: AuthJwks;
};

export type GetJwksResponse = GetJwksResponses[keyof GetJwksResponses];

export type ChangePasswordData = {
    body: AuthChangePassword;
    path?: never;
    query?: never;
    url: '/auth/password/change';
};

export type ChangePasswordErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_PASSWORD_TOO_WEAK
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_PASSWORD_TOO_WEAK';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID, FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID' | 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_EMAIL_NOT_CONFIRMED, FAST_AUTH_RECENT_SIGN_IN_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED' | 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type ChangePasswordError = ChangePasswordErrors[keyof ChangePasswordErrors];

export type ChangePasswordResponses = {
    /**
     * The password is changed, and this session continues with these tokens
     */
    200: AuthResponse;
};

export type ChangePasswordResponse = ChangePasswordResponses[keyof ChangePasswordResponses];

export type GetSecondFactorData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/second-factor';
};

export type GetSecondFactorErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type GetSecondFactorError = GetSecondFactorErrors[keyof GetSecondFactorErrors];

export type GetSecondFactorResponses = {
    /**
     * The second factors, without their secrets
     */
    200: AuthSecondFactor;
};

export type GetSecondFactorResponse = GetSecondFactorResponses[keyof GetSecondFactorResponses];

export type RemoveTotpData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/second-factor/totp';
};

export type RemoveTotpErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_TOTP_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_TOTP_NOT_FOUND';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RemoveTotpError = RemoveTotpErrors[keyof RemoveTotpErrors];

export type RemoveTotpResponses = {
    /**
     * The app is removed
     */
    204: void;
};

export type RemoveTotpResponse = RemoveTotpResponses[keyof RemoveTotpResponses];

export type StartTotpData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/second-factor/totp';
};

export type StartTotpErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_RECENT_SIGN_IN_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_TOTP_ALREADY_SET
     */
    409: AuthError & {
        code: 'FAST_AUTH_TOTP_ALREADY_SET';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type StartTotpError = StartTotpErrors[keyof StartTotpErrors];

export type StartTotpResponses = {
    /**
     * The secret of the app; confirm it before `expiresAt`
     */
    201: AuthNewTotp;
};

export type StartTotpResponse = StartTotpResponses[keyof StartTotpResponses];

export type ConfirmTotpData = {
    body: AuthConfirmTotp;
    path?: never;
    query?: never;
    url: '/auth/second-factor/totp/confirm';
};

export type ConfirmTotpErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID, FAST_AUTH_SECOND_FACTOR_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID' | 'FAST_AUTH_SECOND_FACTOR_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_TOTP_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_TOTP_NOT_FOUND';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type ConfirmTotpError = ConfirmTotpErrors[keyof ConfirmTotpErrors];

export type ConfirmTotpResponses = {
    /**
     * The app is a second factor, and this session continues
     */
    200: AuthTotpConfirmed;
};

export type ConfirmTotpResponse = ConfirmTotpResponses[keyof ConfirmTotpResponses];

export type RenewRecoveryCodesData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/second-factor/recovery-codes';
};

export type RenewRecoveryCodesErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_TOTP_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_TOTP_NOT_FOUND';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RenewRecoveryCodesError = RenewRecoveryCodesErrors[keyof RenewRecoveryCodesErrors];

export type RenewRecoveryCodesResponses = {
    /**
     * The new codes
     */
    201: AuthNewRecoveryCodes;
};

export type RenewRecoveryCodesResponse = RenewRecoveryCodesResponses[keyof RenewRecoveryCodesResponses];

export type StartPasskeySignInData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/sign-in/passkey/options';
};

export type StartPasskeySignInErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type StartPasskeySignInError = StartPasskeySignInErrors[keyof StartPasskeySignInErrors];

export type StartPasskeySignInResponses = {
    /**
     * The options for `navigator.credentials.get`
     */
    200: AuthPasskeyRequestOptions;
};

export type StartPasskeySignInResponse = StartPasskeySignInResponses[keyof StartPasskeySignInResponses];

export type SignInWithPasskeyData = {
    body: AuthSignInWithPasskey;
    path?: never;
    query?: never;
    url: '/auth/sign-in/passkey';
};

export type SignInWithPasskeyErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_PASSKEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_PASSKEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_EMAIL_NOT_CONFIRMED, FAST_AUTH_USER_DISABLED, FAST_AUTH_SIGN_IN_REFUSED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED' | 'FAST_AUTH_USER_DISABLED' | 'FAST_AUTH_SIGN_IN_REFUSED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type SignInWithPasskeyError = SignInWithPasskeyErrors[keyof SignInWithPasskeyErrors];

export type SignInWithPasskeyResponses = {
    /**
     * A new session is created
     */
    200: AuthResponse;
};

export type SignInWithPasskeyResponse = SignInWithPasskeyResponses[keyof SignInWithPasskeyResponses];

export type StartPasskeyRegistrationData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/passkeys/options';
};

export type StartPasskeyRegistrationErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_EMAIL_NOT_CONFIRMED, FAST_AUTH_RECENT_SIGN_IN_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED' | 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_PASSKEY_LIMIT_REACHED
     */
    409: AuthError & {
        code: 'FAST_AUTH_PASSKEY_LIMIT_REACHED';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type StartPasskeyRegistrationError = StartPasskeyRegistrationErrors[keyof StartPasskeyRegistrationErrors];

export type StartPasskeyRegistrationResponses = {
    /**
     * The options for `navigator.credentials.create`
     */
    200: AuthPasskeyCreationOptions;
};

export type StartPasskeyRegistrationResponse = StartPasskeyRegistrationResponses[keyof StartPasskeyRegistrationResponses];

export type ListPasskeysData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/passkeys';
};

export type ListPasskeysErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type ListPasskeysError = ListPasskeysErrors[keyof ListPasskeysErrors];

export type ListPasskeysResponses = {
    /**
     * The passkeys
     */
    200: AuthPasskeyList;
};

export type ListPasskeysResponse = ListPasskeysResponses[keyof ListPasskeysResponses];

export type RegisterPasskeyData = {
    body: AuthRegisterPasskey;
    path?: never;
    query?: never;
    url: '/auth/passkeys';
};

export type RegisterPasskeyErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_PASSKEY_REGISTRATION_INVALID
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_PASSKEY_REGISTRATION_INVALID';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_EMAIL_NOT_CONFIRMED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_PASSKEY_ALREADY_REGISTERED, FAST_AUTH_PASSKEY_LIMIT_REACHED
     */
    409: AuthError & {
        code: 'FAST_AUTH_PASSKEY_ALREADY_REGISTERED' | 'FAST_AUTH_PASSKEY_LIMIT_REACHED';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RegisterPasskeyError = RegisterPasskeyErrors[keyof RegisterPasskeyErrors];

export type RegisterPasskeyResponses = {
    /**
     * The passkey is added
     */
    201: AuthPasskey;
};

export type RegisterPasskeyResponse = RegisterPasskeyResponses[keyof RegisterPasskeyResponses];

export type DeletePasskeyData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/auth/passkeys/{id}';
};

export type DeletePasskeyErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_RECENT_SIGN_IN_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_PASSKEY_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_PASSKEY_NOT_FOUND';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_LAST_SIGN_IN_METHOD
     */
    409: AuthError & {
        code: 'FAST_AUTH_LAST_SIGN_IN_METHOD';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type DeletePasskeyError = DeletePasskeyErrors[keyof DeletePasskeyErrors];

export type DeletePasskeyResponses = {
    /**
     * The passkey is deleted and no longer accepted
     */
    204: void;
};

export type DeletePasskeyResponse = DeletePasskeyResponses[keyof DeletePasskeyResponses];

export type RenamePasskeyData = {
    body: AuthRenamePasskey;
    path: {
        id: string;
    };
    query?: never;
    url: '/auth/passkeys/{id}';
};

export type RenamePasskeyErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_PASSKEY_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_PASSKEY_NOT_FOUND';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RenamePasskeyError = RenamePasskeyErrors[keyof RenamePasskeyErrors];

export type RenamePasskeyResponses = {
    /**
     * The renamed passkey
     */
    200: AuthPasskey;
};

export type RenamePasskeyResponse = RenamePasskeyResponses[keyof RenamePasskeyResponses];

export type RequestSignInCodeData = {
    body: AuthRequestSignInCode;
    path?: never;
    query?: never;
    url: '/auth/sign-in/email';
};

export type RequestSignInCodeErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RequestSignInCodeError = RequestSignInCodeErrors[keyof RequestSignInCodeErrors];

export type RequestSignInCodeResponses = {
    /**
     * If the address can sign in, a message with a code is queued
     */
    202: AuthSignInCodeRequested;
};

export type RequestSignInCodeResponse = RequestSignInCodeResponses[keyof RequestSignInCodeResponses];

export type SignInWithCodeData = {
    body?: AuthSignInWithCode;
    path?: never;
    query?: never;
    url: '/auth/sign-in/email/confirm';
};

export type SignInWithCodeErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_SIGN_IN_CODE_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_SIGN_IN_CODE_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_USER_DISABLED, FAST_AUTH_SIGN_IN_REFUSED, FAST_AUTH_SIGN_UP_REFUSED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_USER_DISABLED' | 'FAST_AUTH_SIGN_IN_REFUSED' | 'FAST_AUTH_SIGN_UP_REFUSED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type SignInWithCodeError = SignInWithCodeErrors[keyof SignInWithCodeErrors];

export type SignInWithCodeResponses = {
    /**
     * A new session is created
     */
    200: AuthResponse;
    /**
     * The address had no account: a user and a session are created
     */
    201: AuthResponse;
    /**
     * The code is right, and a second factor is missing
     */
    202: AuthSecondFactorRequired;
};

export type SignInWithCodeResponse = SignInWithCodeResponses[keyof SignInWithCodeResponses];

export type StartProviderSignInData = {
    body?: AuthStartProviderSignIn;
    path: {
        /**
         * The name of a provider that the server offers
         */
        provider: string;
    };
    query?: never;
    url: '/auth/sign-in/{provider}';
};

export type StartProviderSignInErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_PROVIDER_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_PROVIDER_UNAVAILABLE';
    };
};

export type StartProviderSignInError = StartProviderSignInErrors[keyof StartProviderSignInErrors];

export type StartProviderSignInResponses = {
    /**
     * The sign-in has begun
     */
    200: AuthProviderRedirect;
};

export type StartProviderSignInResponse = StartProviderSignInResponses[keyof StartProviderSignInResponses];

export type RedeemProviderCodeData = {
    body: AuthRedeemProviderCode;
    path?: never;
    query?: never;
    url: '/auth/providers/redeem';
};

export type RedeemProviderCodeErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_PROVIDER_CODE_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_PROVIDER_CODE_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RedeemProviderCodeError = RedeemProviderCodeErrors[keyof RedeemProviderCodeErrors];

export type RedeemProviderCodeResponses = {
    /**
     * The tokens of the session that the callback created
     */
    200: AuthResponse;
    /**
     * A second factor or profile fields are missing
     */
    202: AuthProviderSignInWaiting;
};

export type RedeemProviderCodeResponse = RedeemProviderCodeResponses[keyof RedeemProviderCodeResponses];

export type SignInWithIdTokenData = {
    body: AuthSignInWithIdToken;
    path: {
        /**
         * The name of a provider that the server offers
         */
        provider: string;
    };
    query?: never;
    url: '/auth/sign-in/{provider}/token';
};

export type SignInWithIdTokenErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_PROVIDER_ANSWER_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_PROVIDER_ANSWER_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_PROVIDER_EMAIL_MISSING, FAST_AUTH_EMAIL_NOT_CONFIRMED, FAST_AUTH_USER_DISABLED, FAST_AUTH_SIGN_IN_REFUSED, FAST_AUTH_SIGN_UP_REFUSED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_PROVIDER_EMAIL_MISSING' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED' | 'FAST_AUTH_USER_DISABLED' | 'FAST_AUTH_SIGN_IN_REFUSED' | 'FAST_AUTH_SIGN_UP_REFUSED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_ACCOUNT_EXISTS
     */
    409: AuthError & {
        code: 'FAST_AUTH_ACCOUNT_EXISTS';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_PROVIDER_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_PROVIDER_UNAVAILABLE';
    };
};

export type SignInWithIdTokenError = SignInWithIdTokenErrors[keyof SignInWithIdTokenErrors];

export type SignInWithIdTokenResponses = {
    /**
     * A new session is created
     */
    200: AuthResponse;
    /**
     * A user and a session are created
     */
    201: AuthResponse;
    /**
     * A second factor or profile fields are missing
     */
    202: AuthProviderSignInWaiting;
};

export type SignInWithIdTokenResponse = SignInWithIdTokenResponses[keyof SignInWithIdTokenResponses];

export type FinishProviderSignUpData = {
    body?: AuthFinishProviderSignUp;
    path?: never;
    query?: never;
    url: '/auth/sign-up/provider';
};

export type FinishProviderSignUpErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_PROVIDER_SIGN_UP_EXPIRED
     */
    401: AuthError & {
        code: 'FAST_AUTH_PROVIDER_SIGN_UP_EXPIRED';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_EMAIL_NOT_CONFIRMED, FAST_AUTH_SIGN_IN_REFUSED, FAST_AUTH_SIGN_UP_REFUSED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED' | 'FAST_AUTH_SIGN_IN_REFUSED' | 'FAST_AUTH_SIGN_UP_REFUSED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_ACCOUNT_EXISTS, FAST_AUTH_USER_EXISTS
     */
    409: AuthError & {
        code: 'FAST_AUTH_ACCOUNT_EXISTS' | 'FAST_AUTH_USER_EXISTS';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type FinishProviderSignUpError = FinishProviderSignUpErrors[keyof FinishProviderSignUpErrors];

export type FinishProviderSignUpResponses = {
    /**
     * The account and its first session are created
     */
    201: AuthResponse;
};

export type FinishProviderSignUpResponse = FinishProviderSignUpResponses[keyof FinishProviderSignUpResponses];

export type ListIdentitiesData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/identities';
};

export type ListIdentitiesErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type ListIdentitiesError = ListIdentitiesErrors[keyof ListIdentitiesErrors];

export type ListIdentitiesResponses = {
    /**
     * The identities
     */
    200: AuthIdentityList;
};

export type ListIdentitiesResponse = ListIdentitiesResponses[keyof ListIdentitiesResponses];

export type LinkIdentityData = {
    body?: AuthLinkIdentity;
    path: {
        /**
         * The name of a provider that the server offers
         */
        provider: string;
    };
    query?: never;
    url: '/auth/identities/{provider}/link';
};

export type LinkIdentityErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_RECENT_SIGN_IN_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_PROVIDER_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_PROVIDER_UNAVAILABLE';
    };
};

export type LinkIdentityError = LinkIdentityErrors[keyof LinkIdentityErrors];

export type LinkIdentityResponses = {
    /**
     * The linking has begun
     */
    200: AuthProviderRedirect;
};

export type LinkIdentityResponse = LinkIdentityResponses[keyof LinkIdentityResponses];

export type UnlinkIdentityData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/auth/identities/{id}';
};

export type UnlinkIdentityErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_RECENT_SIGN_IN_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_IDENTITY_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_IDENTITY_NOT_FOUND';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_LAST_SIGN_IN_METHOD
     */
    409: AuthError & {
        code: 'FAST_AUTH_LAST_SIGN_IN_METHOD';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type UnlinkIdentityError = UnlinkIdentityErrors[keyof UnlinkIdentityErrors];

export type UnlinkIdentityResponses = {
    /**
     * The identity is unlinked and no longer accepted
     */
    204: void;
};

export type UnlinkIdentityResponse = UnlinkIdentityResponses[keyof UnlinkIdentityResponses];

export type ListOrganizationsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        /**
         * The page starts after this value: `next` of the page before
         */
        after?: string;
    };
    url: '/auth/organizations';
};

export type ListOrganizationsErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type ListOrganizationsError = ListOrganizationsErrors[keyof ListOrganizationsErrors];

export type ListOrganizationsResponses = {
    /**
     * One page of organisations
     */
    200: AuthOrganizationList;
};

export type ListOrganizationsResponse = ListOrganizationsResponses[keyof ListOrganizationsResponses];

export type CreateOrganizationData = {
    body: AuthCreateOrganization;
    path?: never;
    query?: never;
    url: '/auth/organizations';
};

export type CreateOrganizationErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_ORGANIZATION_LIMIT_REACHED
     */
    409: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_LIMIT_REACHED';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type CreateOrganizationError = CreateOrganizationErrors[keyof CreateOrganizationErrors];

export type CreateOrganizationResponses = {
    /**
     * The organisation is created
     */
    201: AuthOrganization;
};

export type CreateOrganizationResponse = CreateOrganizationResponses[keyof CreateOrganizationResponses];

export type DeleteOrganizationData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/auth/organizations/{id}';
};

export type DeleteOrganizationErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_ROLE_REQUIRED, FAST_AUTH_RECENT_SIGN_IN_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_ROLE_REQUIRED' | 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_ORGANIZATION_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_PERSONAL_ORGANIZATION
     */
    409: AuthError & {
        code: 'FAST_AUTH_PERSONAL_ORGANIZATION';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type DeleteOrganizationError = DeleteOrganizationErrors[keyof DeleteOrganizationErrors];

export type DeleteOrganizationResponses = {
    /**
     * The organisation is deleted
     */
    204: void;
};

export type DeleteOrganizationResponse = DeleteOrganizationResponses[keyof DeleteOrganizationResponses];

export type GetOrganizationData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/auth/organizations/{id}';
};

export type GetOrganizationErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The user has no such resource: FAST_AUTH_ORGANIZATION_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type GetOrganizationError = GetOrganizationErrors[keyof GetOrganizationErrors];

export type GetOrganizationResponses = {
    /**
     * The organisation
     */
    200: AuthOrganization;
};

export type GetOrganizationResponse = GetOrganizationResponses[keyof GetOrganizationResponses];

export type UpdateOrganizationData = {
    body: AuthUpdateOrganization;
    path: {
        id: string;
    };
    query?: never;
    url: '/auth/organizations/{id}';
};

export type UpdateOrganizationErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_ROLE_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_ROLE_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_ORGANIZATION_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type UpdateOrganizationError = UpdateOrganizationErrors[keyof UpdateOrganizationErrors];

export type UpdateOrganizationResponses = {
    /**
     * The renamed organisation
     */
    200: AuthOrganization;
};

export type UpdateOrganizationResponse = UpdateOrganizationResponses[keyof UpdateOrganizationResponses];

export type SwitchOrganizationData = {
    body: AuthSwitchOrganization;
    path?: never;
    query?: never;
    url: '/auth/organizations/current';
};

export type SwitchOrganizationErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID, FAST_AUTH_REFRESH_TOKEN_INVALID, FAST_AUTH_REFRESH_TOKEN_REUSED
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID' | 'FAST_AUTH_REFRESH_TOKEN_INVALID' | 'FAST_AUTH_REFRESH_TOKEN_REUSED';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_ORGANIZATION_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type SwitchOrganizationError = SwitchOrganizationErrors[keyof SwitchOrganizationErrors];

export type SwitchOrganizationResponses = {
    /**
     * The session goes on with these tokens
     */
    200: AuthResponse;
};

export type SwitchOrganizationResponse = SwitchOrganizationResponses[keyof SwitchOrganizationResponses];

export type ListMembersData = {
    body?: never;
    path: {
        id: string;
    };
    query?: {
        limit?: number;
        /**
         * The page starts after this value: `next` of the page before
         */
        after?: string;
    };
    url: '/auth/organizations/{id}/members';
};

export type ListMembersErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_ROLE_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_ROLE_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_ORGANIZATION_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type ListMembersError = ListMembersErrors[keyof ListMembersErrors];

export type ListMembersResponses = {
    /**
     * One page of members
     */
    200: AuthMemberList;
};

export type ListMembersResponse = ListMembersResponses[keyof ListMembersResponses];

export type RemoveMemberData = {
    body?: never;
    path: {
        id: string;
        userId: string;
    };
    query?: never;
    url: '/auth/organizations/{id}/members/{userId}';
};

export type RemoveMemberErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_ROLE_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_ROLE_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_ORGANIZATION_NOT_FOUND, FAST_AUTH_MEMBER_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND' | 'FAST_AUTH_MEMBER_NOT_FOUND';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_LAST_OWNER, FAST_AUTH_PERSONAL_ORGANIZATION
     */
    409: AuthError & {
        code: 'FAST_AUTH_LAST_OWNER' | 'FAST_AUTH_PERSONAL_ORGANIZATION';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RemoveMemberError = RemoveMemberErrors[keyof RemoveMemberErrors];

export type RemoveMemberResponses = {
    /**
     * The membership has ended
     */
    204: void;
};

export type RemoveMemberResponse = RemoveMemberResponses[keyof RemoveMemberResponses];

export type ChangeMemberRoleData = {
    body: AuthChangeMemberRole;
    path: {
        id: string;
        userId: string;
    };
    query?: never;
    url: '/auth/organizations/{id}/members/{userId}';
};

export type ChangeMemberRoleErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_ROLE_REQUIRED, FAST_AUTH_RECENT_SIGN_IN_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_ROLE_REQUIRED' | 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_ORGANIZATION_NOT_FOUND, FAST_AUTH_MEMBER_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND' | 'FAST_AUTH_MEMBER_NOT_FOUND';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_LAST_OWNER, FAST_AUTH_PERSONAL_ORGANIZATION
     */
    409: AuthError & {
        code: 'FAST_AUTH_LAST_OWNER' | 'FAST_AUTH_PERSONAL_ORGANIZATION';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type ChangeMemberRoleError = ChangeMemberRoleErrors[keyof ChangeMemberRoleErrors];

export type ChangeMemberRoleResponses = {
    /**
     * The member with the new role
     */
    200: AuthMember;
};

export type ChangeMemberRoleResponse = ChangeMemberRoleResponses[keyof ChangeMemberRoleResponses];

export type ListInvitationsData = {
    body?: never;
    path: {
        id: string;
    };
    query?: {
        limit?: number;
        /**
         * The page starts after this value: `next` of the page before
         */
        after?: string;
    };
    url: '/auth/organizations/{id}/invitations';
};

export type ListInvitationsErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_ROLE_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_ROLE_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_ORGANIZATION_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type ListInvitationsError = ListInvitationsErrors[keyof ListInvitationsErrors];

export type ListInvitationsResponses = {
    /**
     * One page of invitations
     */
    200: AuthInvitationList;
};

export type ListInvitationsResponse = ListInvitationsResponses[keyof ListInvitationsResponses];

export type InviteMemberData = {
    body: AuthInviteMember;
    path: {
        id: string;
    };
    query?: never;
    url: '/auth/organizations/{id}/invitations';
};

export type InviteMemberErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_ROLE_REQUIRED, FAST_AUTH_RECENT_SIGN_IN_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_ROLE_REQUIRED' | 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_ORGANIZATION_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_ORGANIZATION_FULL, FAST_AUTH_PERSONAL_ORGANIZATION
     */
    409: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_FULL' | 'FAST_AUTH_PERSONAL_ORGANIZATION';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type InviteMemberError = InviteMemberErrors[keyof InviteMemberErrors];

export type InviteMemberResponses = {
    /**
     * The invitation is stored, and the outbox worker sends it
     */
    202: AuthInvitation;
};

export type InviteMemberResponse = InviteMemberResponses[keyof InviteMemberResponses];

export type RevokeInvitationData = {
    body?: never;
    path: {
        id: string;
        invitationId: string;
    };
    query?: never;
    url: '/auth/organizations/{id}/invitations/{invitationId}';
};

export type RevokeInvitationErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_ROLE_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_ROLE_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_ORGANIZATION_NOT_FOUND, FAST_AUTH_INVITATION_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND' | 'FAST_AUTH_INVITATION_NOT_FOUND';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_PERSONAL_ORGANIZATION
     */
    409: AuthError & {
        code: 'FAST_AUTH_PERSONAL_ORGANIZATION';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RevokeInvitationError = RevokeInvitationErrors[keyof RevokeInvitationErrors];

export type RevokeInvitationResponses = {
    /**
     * The invitation is withdrawn
     */
    204: void;
};

export type RevokeInvitationResponse = RevokeInvitationResponses[keyof RevokeInvitationResponses];

export type PreviewInvitationData = {
    body: AuthInvitationToken;
    path?: never;
    query?: never;
    url: '/auth/invitations/preview';
};

export type PreviewInvitationErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_ONE_TIME_TOKEN_INVALID
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_ONE_TIME_TOKEN_INVALID';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type PreviewInvitationError = PreviewInvitationErrors[keyof PreviewInvitationErrors];

export type PreviewInvitationResponses = {
    /**
     * The invitation
     */
    200: AuthInvitationPreview;
};

export type PreviewInvitationResponse = PreviewInvitationResponses[keyof PreviewInvitationResponses];

export type AcceptInvitationData = {
    body: AuthAcceptInvitation;
    path?: never;
    query?: never;
    url: '/auth/invitations/accept';
};

export type AcceptInvitationErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_ONE_TIME_TOKEN_INVALID
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_ONE_TIME_TOKEN_INVALID';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID, FAST_AUTH_REFRESH_TOKEN_INVALID, FAST_AUTH_REFRESH_TOKEN_REUSED
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID' | 'FAST_AUTH_REFRESH_TOKEN_INVALID' | 'FAST_AUTH_REFRESH_TOKEN_REUSED';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_ORGANIZATION_FULL
     */
    409: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_FULL';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type AcceptInvitationError = AcceptInvitationErrors[keyof AcceptInvitationErrors];

export type AcceptInvitationResponses = {
    /**
     * The user is a member, and the session goes on with these tokens
     */
    200: AuthResponse;
};

export type AcceptInvitationResponse = AcceptInvitationResponses[keyof AcceptInvitationResponses];

export type DeclineInvitationData = {
    body: AuthInvitationToken;
    path?: never;
    query?: never;
    url: '/auth/invitations/decline';
};

export type DeclineInvitationErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_ONE_TIME_TOKEN_INVALID
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_ONE_TIME_TOKEN_INVALID';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type DeclineInvitationError = DeclineInvitationErrors[keyof DeclineInvitationErrors];

export type DeclineInvitationResponses = {
    /**
     * The invitation is declined
     */
    204: void;
};

export type DeclineInvitationResponse = DeclineInvitationResponses[keyof DeclineInvitationResponses];

export type ListApiKeysData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        offset?: number;
        /**
         * Names are sorted by code point. A key that has not been used sorts as the least recently used.
         */
        sortBy?: 'createdAt' | 'name' | 'lastUsedAt';
        sortOrder?: 'asc' | 'desc';
    };
    url: '/auth/api-keys';
};

export type ListApiKeysErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type ListApiKeysError = ListApiKeysErrors[keyof ListApiKeysErrors];

export type ListApiKeysResponses = {
    /**
     * One page of keys
     */
    200: AuthApiKeyList;
};

export type ListApiKeysResponse = ListApiKeysResponses[keyof ListApiKeysResponses];

export type CreateApiKeyData = {
    body: AuthCreateApiKey;
    path?: never;
    query?: never;
    url: '/auth/api-keys';
};

export type CreateApiKeyErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_ORGANIZATION_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_API_KEY_LIMIT_REACHED
     */
    409: AuthError & {
        code: 'FAST_AUTH_API_KEY_LIMIT_REACHED';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type CreateApiKeyError = CreateApiKeyErrors[keyof CreateApiKeyErrors];

export type CreateApiKeyResponses = {
    /**
     * The key is created and valid immediately
     */
    201: AuthNewApiKey;
};

export type CreateApiKeyResponse = CreateApiKeyResponses[keyof CreateApiKeyResponses];

export type RollApiKeyData = {
    body?: AuthRollApiKey;
    path: {
        id: string;
    };
    query?: never;
    url: '/auth/api-keys/{id}/roll';
};

export type RollApiKeyErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_API_KEY_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_API_KEY_NOT_FOUND';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The value is taken, or a limit is reached: FAST_AUTH_API_KEY_LIMIT_REACHED
     */
    409: AuthError & {
        code: 'FAST_AUTH_API_KEY_LIMIT_REACHED';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RollApiKeyError = RollApiKeyErrors[keyof RollApiKeyErrors];

export type RollApiKeyResponses = {
    /**
     * The new key is valid immediately; the old key stays valid for the requested overlap
     */
    201: AuthNewApiKey;
};

export type RollApiKeyResponse = RollApiKeyResponses[keyof RollApiKeyResponses];

export type DeleteApiKeyData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/auth/api-keys/{id}';
};

export type DeleteApiKeyErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The user has no such resource: FAST_AUTH_API_KEY_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_API_KEY_NOT_FOUND';
    };
    /**
     * The id in the path is too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type DeleteApiKeyError = DeleteApiKeyErrors[keyof DeleteApiKeyErrors];

export type DeleteApiKeyResponses = {
    /**
     * The key is deleted and no longer accepted
     */
    204: void;
};

export type DeleteApiKeyResponse = DeleteApiKeyResponses[keyof DeleteApiKeyResponses];

export type SendEmailConfirmationData = {
    body: AuthSendEmailConfirmation;
    path?: never;
    query?: never;
    url: '/auth/email/confirm/send';
};

export type SendEmailConfirmationErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type SendEmailConfirmationError = SendEmailConfirmationErrors[keyof SendEmailConfirmationErrors];

export type SendEmailConfirmationResponses = {
    /**
     * If an unconfirmed account exists, a message with a link is queued
     */
    202: AuthAccepted;
};

export type SendEmailConfirmationResponse = SendEmailConfirmationResponses[keyof SendEmailConfirmationResponses];

export type ConfirmEmailData = {
    body: AuthConfirmEmail;
    path?: never;
    query?: never;
    url: '/auth/email/confirm';
};

export type ConfirmEmailErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_ONE_TIME_TOKEN_INVALID
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_ONE_TIME_TOKEN_INVALID';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type ConfirmEmailError = ConfirmEmailErrors[keyof ConfirmEmailErrors];

export type ConfirmEmailResponses = {
    /**
     * The address is confirmed
     */
    200: AuthConfirmed;
};

export type ConfirmEmailResponse = ConfirmEmailResponses[keyof ConfirmEmailResponses];

export type RequestPasswordResetData = {
    body: AuthRequestPasswordReset;
    path?: never;
    query?: never;
    url: '/auth/password/forgot';
};

export type RequestPasswordResetErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RequestPasswordResetError = RequestPasswordResetErrors[keyof RequestPasswordResetErrors];

export type RequestPasswordResetResponses = {
    /**
     * If an account exists, a message with a link is queued
     */
    202: AuthAccepted;
};

export type RequestPasswordResetResponse = RequestPasswordResetResponses[keyof RequestPasswordResetResponses];

export type ResetPasswordData = {
    body: AuthResetPassword;
    path?: never;
    query?: never;
    url: '/auth/password/reset';
};

export type ResetPasswordErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_ONE_TIME_TOKEN_INVALID, FAST_AUTH_PASSWORD_TOO_WEAK
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_ONE_TIME_TOKEN_INVALID' | 'FAST_AUTH_PASSWORD_TOO_WEAK';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type ResetPasswordError = ResetPasswordErrors[keyof ResetPasswordErrors];

export type ResetPasswordResponses = {
    /**
     * The password is set, and every session has ended
     */
    204: void;
};

export type ResetPasswordResponse = ResetPasswordResponses[keyof ResetPasswordResponses];

export type RequestEmailChangeData = {
    body: AuthRequestEmailChange;
    path?: never;
    query?: never;
    url: '/auth/email/change';
};

export type RequestEmailChangeErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID, FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID' | 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * The request is not allowed: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_RECENT_SIGN_IN_REQUIRED, FAST_AUTH_SECOND_FACTOR_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' | 'FAST_AUTH_SECOND_FACTOR_REQUIRED';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type RequestEmailChangeError = RequestEmailChangeErrors[keyof RequestEmailChangeErrors];

export type RequestEmailChangeResponses = {
    /**
     * A message to the new address is queued
     */
    202: AuthAccepted;
};

export type RequestEmailChangeResponse = RequestEmailChangeResponses[keyof RequestEmailChangeResponses];

export type ConfirmEmailChangeData = {
    body: AuthConfirmEmailChange;
    path?: never;
    query?: never;
    url: '/auth/email/change/confirm';
};

export type ConfirmEmailChangeErrors = {
    /**
     * The request does not match its schema, or the operation refuses a value: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_ONE_TIME_TOKEN_INVALID
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_ONE_TIME_TOKEN_INVALID';
    };
    /**
     * The credentials are missing, wrong or expired: FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * The body did not arrive in time: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is larger than 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The body is not application/json: FST_ERR_CTP_INVALID_MEDIA_TYPE
     */
    415: AuthError & {
        code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
    };
    /**
     * Too many requests: retry after the number of seconds in Retry-After: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * An internal error; the log of the server has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type ConfirmEmailChangeError = ConfirmEmailChangeErrors[keyof ConfirmEmailChangeErrors];

export type ConfirmEmailChangeResponses = {
    /**
     * The account has its new address, and the other sessions have ended
     */
    200: AuthConfirmed;
};

export type ConfirmEmailChangeResponse = ConfirmEmailChangeResponses[keyof ConfirmEmailChangeResponses];

export interface Operations {
  /** Create an account and sign in */
  signUp: { data: SignUpData; error: SignUpError; responses: SignUpResponses }
  /** Get the authenticated user */
  getMe: { data: GetMeData; error: GetMeError; responses: GetMeResponses }
  /** Change the profile, and the user name if the server has user names */
  updateMe: { data: UpdateMeData; error: UpdateMeError; responses: UpdateMeResponses }
  /** Delete the account permanently */
  deleteMe: { data: DeleteMeData; error: DeleteMeError; responses: DeleteMeResponses }
  /** Sign in with email address and password */
  signIn: { data: SignInData; error: SignInError; responses: SignInResponses }
  /** Complete a sign-in with a second factor */
  completeSignIn: { data: CompleteSignInData; error: CompleteSignInError; responses: CompleteSignInResponses }
  /** Prove again who the user is */
  reauthenticate: { data: ReauthenticateData; error: ReauthenticateError; responses: ReauthenticateResponses }
  /** Exchange a refresh token for a new token pair */
  refreshSession: { data: RefreshSessionData; error: RefreshSessionError; responses: RefreshSessionResponses }
  /** End the session and expire the cookies */
  signOut: { data: SignOutData; error: SignOutError; responses: SignOutResponses }
  /** List the sessions of the user */
  listSessions: { data: ListSessionsData; error: ListSessionsError; responses: ListSessionsResponses }
  /** End every session except the current one */
  revokeOtherSessions: { data: RevokeOtherSessionsData; error: RevokeOtherSessionsError; responses: RevokeOtherSessionsResponses }
  /** End one session */
  revokeSession: { data: RevokeSessionData; error: RevokeSessionError; responses: RevokeSessionResponses }
  /** Check whether a token is active */
  introspectToken: { data: IntrospectTokenData; error: IntrospectTokenError; responses: IntrospectTokenResponses }
  /** Get the public keys that verify access tokens */
  getJwks: { data: GetJwksData; error: GetJwksError; responses: GetJwksResponses }
  /** Change the password */
  changePassword: { data: ChangePasswordData; error: ChangePasswordError; responses: ChangePasswordResponses }
  /** Get the second factors of the user */
  getSecondFactor: { data: GetSecondFactorData; error: GetSecondFactorError; responses: GetSecondFactorResponses }
  /** Begin to set up an authenticator app */
  startTotp: { data: StartTotpData; error: StartTotpError; responses: StartTotpResponses }
  /** Remove the authenticator app */
  removeTotp: { data: RemoveTotpData; error: RemoveTotpError; responses: RemoveTotpResponses }
  /** Confirm an authenticator app with its first code */
  confirmTotp: { data: ConfirmTotpData; error: ConfirmTotpError; responses: ConfirmTotpResponses }
  /** Replace the recovery codes */
  renewRecoveryCodes: { data: RenewRecoveryCodesData; error: RenewRecoveryCodesError; responses: RenewRecoveryCodesResponses }
  /** Get the options to use a passkey */
  startPasskeySignIn: { data: StartPasskeySignInData; error: StartPasskeySignInError; responses: StartPasskeySignInResponses }
  /** Sign in with a passkey */
  signInWithPasskey: { data: SignInWithPasskeyData; error: SignInWithPasskeyError; responses: SignInWithPasskeyResponses }
  /** Get the options to create a passkey */
  startPasskeyRegistration: { data: StartPasskeyRegistrationData; error: StartPasskeyRegistrationError; responses: StartPasskeyRegistrationResponses }
  /** Add a passkey */
  registerPasskey: { data: RegisterPasskeyData; error: RegisterPasskeyError; responses: RegisterPasskeyResponses }
  /** List the passkeys of the user */
  listPasskeys: { data: ListPasskeysData; error: ListPasskeysError; responses: ListPasskeysResponses }
  /** Rename a passkey */
  renamePasskey: { data: RenamePasskeyData; error: RenamePasskeyError; responses: RenamePasskeyResponses }
  /** Delete a passkey */
  deletePasskey: { data: DeletePasskeyData; error: DeletePasskeyError; responses: DeletePasskeyResponses }
  /** Request a sign-in code by mail */
  requestSignInCode: { data: RequestSignInCodeData; error: RequestSignInCodeError; responses: RequestSignInCodeResponses }
  /** Sign in with a mailed code or link */
  signInWithCode: { data: SignInWithCodeData; error: SignInWithCodeError; responses: SignInWithCodeResponses }
  /** Begin to sign in with another provider */
  startProviderSignIn: { data: StartProviderSignInData; error: StartProviderSignInError; responses: StartProviderSignInResponses }
  /** Exchange the code of a sign-in with a provider for tokens */
  redeemProviderCode: { data: RedeemProviderCodeData; error: RedeemProviderCodeError; responses: RedeemProviderCodeResponses }
  /** Sign in with an ID token of a native app */
  signInWithIdToken: { data: SignInWithIdTokenData; error: SignInWithIdTokenError; responses: SignInWithIdTokenResponses }
  /** Create the account of a user whom a provider has identified */
  finishProviderSignUp: { data: FinishProviderSignUpData; error: FinishProviderSignUpError; responses: FinishProviderSignUpResponses }
  /** List the accounts of the user at other providers */
  listIdentities: { data: ListIdentitiesData; error: ListIdentitiesError; responses: ListIdentitiesResponses }
  /** Begin to link an account at another provider */
  linkIdentity: { data: LinkIdentityData; error: LinkIdentityError; responses: LinkIdentityResponses }
  /** Unlink an account at another provider */
  unlinkIdentity: { data: UnlinkIdentityData; error: UnlinkIdentityError; responses: UnlinkIdentityResponses }
  /** List the organisations of the user */
  listOrganizations: { data: ListOrganizationsData; error: ListOrganizationsError; responses: ListOrganizationsResponses }
  /** Create an organisation */
  createOrganization: { data: CreateOrganizationData; error: CreateOrganizationError; responses: CreateOrganizationResponses }
  /** Get an organisation */
  getOrganization: { data: GetOrganizationData; error: GetOrganizationError; responses: GetOrganizationResponses }
  /** Rename an organisation */
  updateOrganization: { data: UpdateOrganizationData; error: UpdateOrganizationError; responses: UpdateOrganizationResponses }
  /** Delete an organisation */
  deleteOrganization: { data: DeleteOrganizationData; error: DeleteOrganizationError; responses: DeleteOrganizationResponses }
  /** Let the session act in another organisation */
  switchOrganization: { data: SwitchOrganizationData; error: SwitchOrganizationError; responses: SwitchOrganizationResponses }
  /** List the members of an organisation */
  listMembers: { data: ListMembersData; error: ListMembersError; responses: ListMembersResponses }
  /** Change the role of a member */
  changeMemberRole: { data: ChangeMemberRoleData; error: ChangeMemberRoleError; responses: ChangeMemberRoleResponses }
  /** Remove a member, or leave the organisation */
  removeMember: { data: RemoveMemberData; error: RemoveMemberError; responses: RemoveMemberResponses }
  /** Invite a person to an organisation */
  inviteMember: { data: InviteMemberData; error: InviteMemberError; responses: InviteMemberResponses }
  /** List the invitations of an organisation */
  listInvitations: { data: ListInvitationsData; error: ListInvitationsError; responses: ListInvitationsResponses }
  /** Withdraw an invitation */
  revokeInvitation: { data: RevokeInvitationData; error: RevokeInvitationError; responses: RevokeInvitationResponses }
  /** Show what an invitation is for */
  previewInvitation: { data: PreviewInvitationData; error: PreviewInvitationError; responses: PreviewInvitationResponses }
  /** Accept an invitation */
  acceptInvitation: { data: AcceptInvitationData; error: AcceptInvitationError; responses: AcceptInvitationResponses }
  /** Decline an invitation */
  declineInvitation: { data: DeclineInvitationData; error: DeclineInvitationError; responses: DeclineInvitationResponses }
  /** Create an API key */
  createApiKey: { data: CreateApiKeyData; error: CreateApiKeyError; responses: CreateApiKeyResponses }
  /** List the API keys of the user */
  listApiKeys: { data: ListApiKeysData; error: ListApiKeysError; responses: ListApiKeysResponses }
  /** Replace an API key with a new one */
  rollApiKey: { data: RollApiKeyData; error: RollApiKeyError; responses: RollApiKeyResponses }
  /** Delete an API key */
  deleteApiKey: { data: DeleteApiKeyData; error: DeleteApiKeyError; responses: DeleteApiKeyResponses }
  /** Send the confirmation link again */
  sendEmailConfirmation: { data: SendEmailConfirmationData; error: SendEmailConfirmationError; responses: SendEmailConfirmationResponses }
  /** Confirm an email address */
  confirmEmail: { data: ConfirmEmailData; error: ConfirmEmailError; responses: ConfirmEmailResponses }
  /** Request a password reset */
  requestPasswordReset: { data: RequestPasswordResetData; error: RequestPasswordResetError; responses: RequestPasswordResetResponses }
  /** Set a new password with a mailed token */
  resetPassword: { data: ResetPasswordData; error: ResetPasswordError; responses: ResetPasswordResponses }
  /** Request a change of the email address */
  requestEmailChange: { data: RequestEmailChangeData; error: RequestEmailChangeError; responses: RequestEmailChangeResponses }
  /** Confirm a new email address */
  confirmEmailChange: { data: ConfirmEmailChangeData; error: ConfirmEmailChangeError; responses: ConfirmEmailChangeResponses }
}

/** Method, and path under the base URL. */
export const operations: Readonly<Record<keyof Operations, readonly [method: string, path: string]>> = {
  signUp: ['POST', '/sign-up'],
  getMe: ['GET', '/me'],
  updateMe: ['PATCH', '/me'],
  deleteMe: ['DELETE', '/me'],
  signIn: ['POST', '/sign-in'],
  completeSignIn: ['POST', '/sign-in/second-factor'],
  reauthenticate: ['POST', '/reauthenticate'],
  refreshSession: ['POST', '/refresh'],
  signOut: ['POST', '/sign-out'],
  listSessions: ['GET', '/sessions'],
  revokeOtherSessions: ['DELETE', '/sessions'],
  revokeSession: ['DELETE', '/sessions/{id}'],
  introspectToken: ['POST', '/tokens/introspect'],
  getJwks: ['GET', '/.well-known/jwks.json'],
  changePassword: ['POST', '/password/change'],
  getSecondFactor: ['GET', '/second-factor'],
  startTotp: ['POST', '/second-factor/totp'],
  removeTotp: ['DELETE', '/second-factor/totp'],
  confirmTotp: ['POST', '/second-factor/totp/confirm'],
  renewRecoveryCodes: ['POST', '/second-factor/recovery-codes'],
  startPasskeySignIn: ['POST', '/sign-in/passkey/options'],
  signInWithPasskey: ['POST', '/sign-in/passkey'],
  startPasskeyRegistration: ['POST', '/passkeys/options'],
  registerPasskey: ['POST', '/passkeys'],
  listPasskeys: ['GET', '/passkeys'],
  renamePasskey: ['PATCH', '/passkeys/{id}'],
  deletePasskey: ['DELETE', '/passkeys/{id}'],
  requestSignInCode: ['POST', '/sign-in/email'],
  signInWithCode: ['POST', '/sign-in/email/confirm'],
  startProviderSignIn: ['POST', '/sign-in/{provider}'],
  redeemProviderCode: ['POST', '/providers/redeem'],
  signInWithIdToken: ['POST', '/sign-in/{provider}/token'],
  finishProviderSignUp: ['POST', '/sign-up/provider'],
  listIdentities: ['GET', '/identities'],
  linkIdentity: ['POST', '/identities/{provider}/link'],
  unlinkIdentity: ['DELETE', '/identities/{id}'],
  listOrganizations: ['GET', '/organizations'],
  createOrganization: ['POST', '/organizations'],
  getOrganization: ['GET', '/organizations/{id}'],
  updateOrganization: ['PATCH', '/organizations/{id}'],
  deleteOrganization: ['DELETE', '/organizations/{id}'],
  switchOrganization: ['POST', '/organizations/current'],
  listMembers: ['GET', '/organizations/{id}/members'],
  changeMemberRole: ['PATCH', '/organizations/{id}/members/{userId}'],
  removeMember: ['DELETE', '/organizations/{id}/members/{userId}'],
  inviteMember: ['POST', '/organizations/{id}/invitations'],
  listInvitations: ['GET', '/organizations/{id}/invitations'],
  revokeInvitation: ['DELETE', '/organizations/{id}/invitations/{invitationId}'],
  previewInvitation: ['POST', '/invitations/preview'],
  acceptInvitation: ['POST', '/invitations/accept'],
  declineInvitation: ['POST', '/invitations/decline'],
  createApiKey: ['POST', '/api-keys'],
  listApiKeys: ['GET', '/api-keys'],
  rollApiKey: ['POST', '/api-keys/{id}/roll'],
  deleteApiKey: ['DELETE', '/api-keys/{id}'],
  sendEmailConfirmation: ['POST', '/email/confirm/send'],
  confirmEmail: ['POST', '/email/confirm'],
  requestPasswordReset: ['POST', '/password/forgot'],
  resetPassword: ['POST', '/password/reset'],
  requestEmailChange: ['POST', '/email/change'],
  confirmEmailChange: ['POST', '/email/change/confirm'],
}
