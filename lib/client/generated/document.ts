/** Made from openapi.yml by "npm run client": change the schemas, not this. */

export type AuthUser = {
    id: string;
    /**
     * The canonical address
     */
    email: string;
    /**
     * When the address was proven
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
     * Not there where the user has none
     */
    username?: string;
};

export type AuthSession = {
    id: string;
    createdAt: string;
    /**
     * When the session ends unless it is refreshed before
     */
    expiresAt: string;
};

export type AuthListedSession = {
    id: string;
    createdAt: string;
    /**
     * When it was opened or last refreshed
     */
    lastSeenAt: string;
    /**
     * When the session ends unless it is refreshed before
     */
    expiresAt: string;
    userAgent: string | null;
    ip: string | null;
    /**
     * Whether it is the session that asks
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
     * Only with transport `token`: opaque, used once
     */
    refreshToken?: string;
    /**
     * Only with transport `token`
     */
    tokenType?: 'Bearer';
    /**
     * Only with transport `token`: seconds the access token is good for
     */
    expiresIn?: number;
};

export type AuthSignUp = {
    /**
     * An address without display name or quotes. The domain may be international.
     */
    email: string;
    /**
     * Any text, spaces included; at most 128 characters, and at least 8 or as many as the server asks for. One of the most frequent passwords, one that is made of the address or of the name of the application, and what else the server refuses is answered with FAST_AUTH_PASSWORD_TOO_WEAK and the `rule`.
     */
    password: string;
    /**
     * How tokens travel: `cookie` sets HttpOnly cookies and puts no token into the body, `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
    /**
     * Letters a to z, digits, and single . _ - between them. It is kept in lower case, so that case makes no other name. Some words are reserved.
     */
    username?: string;
    /**
     * The application's own fields
     */
    profile?: {
        [key: string]: unknown;
    };
};

export type AuthSignIn = {
    /**
     * An address without display name or quotes. The domain may be international.
     */
    email?: string;
    /**
     * Any text, spaces included; at most 128 characters. It is compared as Unicode NFC, otherwise as typed.
     */
    password: string;
    /**
     * How tokens travel: `cookie` sets HttpOnly cookies and puts no token into the body, `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
    /**
     * In any case
     */
    username?: string;
};

export type AuthRefreshToken = {
    /**
     * With transport `token`; leave it out with cookies
     */
    refreshToken?: string;
};

export type AuthMe = {
    user: AuthUser;
    /**
     * What kind of credential asked
     */
    via: 'session' | 'apiKey';
    /**
     * What an API key may do
     */
    scopes?: Array<string>;
};

export type AuthSessionList = {
    items: Array<AuthListedSession>;
};

export type AuthRevokedSessions = {
    /**
     * How many sessions were ended
     */
    revoked: number;
};

export type AuthApiKey = {
    id: string;
    name: string;
    /**
     * The first characters of the key
     */
    keyPrefix: string;
    /**
     * Its last four
     */
    lastFour: string;
    /**
     * What the key may do
     */
    scopes: Array<string>;
    createdAt: string;
    /**
     * From then on the key is refused; `null`: never
     */
    expiresAt: string | null;
    /**
     * To the minute or so; `null`: never yet
     */
    lastUsedAt: string | null;
};

export type AuthNewApiKey = {
    id: string;
    name: string;
    /**
     * The first characters of the key
     */
    keyPrefix: string;
    /**
     * Its last four
     */
    lastFour: string;
    /**
     * What the key may do
     */
    scopes: Array<string>;
    createdAt: string;
    /**
     * From then on the key is refused; `null`: never
     */
    expiresAt: string | null;
    /**
     * To the minute or so; `null`: never yet
     */
    lastUsedAt: string | null;
    /**
     * The key itself. It is never shown again.
     */
    key: string;
};

export type AuthApiKeyList = {
    items: Array<AuthApiKey>;
    /**
     * How many there are in all
     */
    total: number;
    /**
     * As asked for
     */
    limit: number;
    /**
     * As asked for
     */
    offset: number;
};

export type AuthCreateApiKey = {
    /**
     * For people. At most 100 characters; blanks around it are dropped.
     */
    name: string;
    /**
     * What the key may do, of the scopes that the application knows. Without any: what needs no scope.
     */
    scopes?: Array<string>;
    /**
     * RFC 3339, in the future. Without it the application decides how long the key lives.
     */
    expiresAt?: string;
};

export type AuthRollApiKey = {
    /**
     * For so long the old key is good beside the new one, unless it was to end sooner. 0: it is deleted.
     */
    overlapSeconds?: number;
};

export type AuthConfirmationRequired = {
    status: 'confirmation_required';
};

export type AuthChangePassword = {
    /**
     * Any text, spaces included; at most 128 characters. It is compared as Unicode NFC, otherwise as typed.
     */
    currentPassword: string;
    /**
     * Any text, spaces included; at most 128 characters, and at least 8 or as many as the server asks for. One of the most frequent passwords, one that is made of the address or of the name of the application, and what else the server refuses is answered with FAST_AUTH_PASSWORD_TOO_WEAK and the `rule`.
     */
    newPassword: string;
    /**
     * How tokens travel: `cookie` sets HttpOnly cookies and puts no token into the body, `token` puts tokens into the body and sets no cookie. The server chooses the default.
     */
    transport?: 'cookie' | 'token';
};

export type AuthUpdateMe = {
    /**
     * Letters a to z, digits, and single . _ - between them. It is kept in lower case, so that case makes no other name. Some words are reserved. `null` gives it up.
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
     * Any text, spaces included; at most 128 characters. It is compared as Unicode NFC, otherwise as typed.
     */
    password: string;
};

export type AuthSendEmailConfirmation = {
    /**
     * An address without display name or quotes. The domain may be international.
     */
    email: string;
};

export type AuthConfirmEmail = {
    /**
     * The token of the link, from its fragment
     */
    token: string;
    /**
     * Any text, spaces included; at most 128 characters. It is compared as Unicode NFC, otherwise as typed.
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
     * The token of the link, from its fragment
     */
    token: string;
    /**
     * Any text, spaces included; at most 128 characters, and at least 8 or as many as the server asks for. One of the most frequent passwords, one that is made of the address or of the name of the application, and what else the server refuses is answered with FAST_AUTH_PASSWORD_TOO_WEAK and the `rule`.
     */
    password: string;
};

export type AuthRequestEmailChange = {
    /**
     * An address without display name or quotes. The domain may be international.
     */
    email: string;
    /**
     * Any text, spaces included; at most 128 characters. It is compared as Unicode NFC, otherwise as typed.
     */
    password: string;
};

export type AuthConfirmEmailChange = {
    /**
     * The token of the link, from its fragment
     */
    token: string;
    /**
     * Any text, spaces included; at most 128 characters. It is compared as Unicode NFC, otherwise as typed.
     */
    password: string;
};

export type AuthIntrospectToken = {
    /**
     * A token of a session, or an API key
     */
    token: string;
};

export type AuthIntrospection = {
    /**
     * Whether the token would be honoured now
     */
    active: boolean;
    tokenType?: 'access_token' | 'refresh_token' | 'api_key';
    /**
     * The user's id
     */
    sub?: string;
    sessionId?: string;
    /**
     * What an API key may do
     */
    scopes?: Array<string>;
    /**
     * When it was made, in seconds since the Unix epoch
     */
    iat?: number;
    /**
     * When it ends, in seconds since the Unix epoch; not there where it does not end by itself
     */
    exp?: number;
};

export type AuthJwks = {
    /**
     * Empty where access tokens are signed with a secret (HS256)
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

export type AuthAccepted = {
    status: 'accepted';
};

export type AuthConfirmed = {
    status: 'confirmed';
};

export type AuthError = {
    /**
     * The HTTP status, again
     */
    statusCode: number;
    /**
     * A stable name of what went wrong
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
     * With FAST_AUTH_USER_EXISTS: the field whose value somebody has
     */
    taken?: 'email' | 'username';
    /**
     * With FST_ERR_VALIDATION: what was wrong, field by field
     */
    validation?: Array<{
        /**
         * JSON pointer to the offending field
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
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_PASSWORD_TOO_WEAK
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_PASSWORD_TOO_WEAK';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SIGN_UP_REFUSED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SIGN_UP_REFUSED';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * Taken, or no room for more: FAST_AUTH_USER_EXISTS
     */
    409: AuthError & {
        code: 'FAST_AUTH_USER_EXISTS';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type SignUpError = SignUpErrors[keyof SignUpErrors];

export type SignUpResponses = {
    /**
     * The account exists and its first session is open
     */
    201: AuthResponse;
    /**
     * Where addresses must be confirmed: open the link that was mailed. The same whether or not the address was taken.
     */
    202: AuthConfirmationRequired;
};

export type SignUpResponse = SignUpResponses[keyof SignUpResponses];

export type SignInData = {
    body: AuthSignIn;
    path?: never;
    query?: never;
    url: '/auth/sign-in';
};

export type SignInErrors = {
    /**
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_EMAIL_NOT_CONFIRMED, FAST_AUTH_USER_DISABLED, FAST_AUTH_SIGN_IN_REFUSED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED' | 'FAST_AUTH_USER_DISABLED' | 'FAST_AUTH_SIGN_IN_REFUSED';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type SignInError = SignInErrors[keyof SignInErrors];

export type SignInResponses = {
    /**
     * A new session is open
     */
    200: AuthResponse;
};

export type SignInResponse = SignInResponses[keyof SignInResponses];

export type RefreshSessionData = {
    body?: AuthRefreshToken;
    path?: never;
    query?: never;
    url: '/auth/refresh';
};

export type RefreshSessionErrors = {
    /**
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_REFRESH_TOKEN_INVALID, FAST_AUTH_REFRESH_TOKEN_REUSED, FAST_AUTH_COOKIES_MISMATCHED
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_REFRESH_TOKEN_INVALID' | 'FAST_AUTH_REFRESH_TOKEN_REUSED' | 'FAST_AUTH_COOKIES_MISMATCHED';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_EMAIL_NOT_CONFIRMED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RefreshSessionError = RefreshSessionErrors[keyof RefreshSessionErrors];

export type RefreshSessionResponses = {
    /**
     * The session goes on with these tokens
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
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type SignOutError = SignOutErrors[keyof SignOutErrors];

export type SignOutResponses = {
    /**
     * Signed out
     */
    204: void;
};

export type SignOutResponse = SignOutResponses[keyof SignOutResponses];

export type DeleteMeData = {
    body: AuthDeleteMe;
    path?: never;
    query?: never;
    url: '/auth/me';
};

export type DeleteMeErrors = {
    /**
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID, FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID' | 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type DeleteMeError = DeleteMeErrors[keyof DeleteMeErrors];

export type DeleteMeResponses = {
    /**
     * The account is gone
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
     * The request is not as documented: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type GetMeError = GetMeErrors[keyof GetMeErrors];

export type GetMeResponses = {
    /**
     * The user behind the credential
     */
    200: AuthMe;
};

export type GetMeResponse = GetMeResponses[keyof GetMeResponses];

export type UpdateMeData = {
    body: AuthUpdateMe;
    path?: never;
    query?: never;
    url: '/auth/me';
};

export type UpdateMeErrors = {
    /**
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * Taken, or no room for more: FAST_AUTH_USER_EXISTS
     */
    409: AuthError & {
        code: 'FAST_AUTH_USER_EXISTS';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type UpdateMeError = UpdateMeErrors[keyof UpdateMeErrors];

export type UpdateMeResponses = {
    /**
     * The user as they are now
     */
    200: AuthUpdatedUser;
};

export type UpdateMeResponse = UpdateMeResponses[keyof UpdateMeResponses];

export type RevokeOtherSessionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/sessions';
};

export type RevokeOtherSessionsErrors = {
    /**
     * The request is not as documented: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RevokeOtherSessionsError = RevokeOtherSessionsErrors[keyof RevokeOtherSessionsErrors];

export type RevokeOtherSessionsResponses = {
    /**
     * The other sessions and their tokens are dead
     */
    200: AuthRevokedSessions;
};

export type RevokeOtherSessionsResponse = RevokeOtherSessionsResponses[keyof RevokeOtherSessionsResponses];

export type ListSessionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/sessions';
};

export type ListSessionsErrors = {
    /**
     * The request is not as documented: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Refused: FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type ListSessionsError = ListSessionsErrors[keyof ListSessionsErrors];

export type ListSessionsResponses = {
    /**
     * The live sessions
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
     * The request is not as documented: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * No such thing of yours: FAST_AUTH_SESSION_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_SESSION_NOT_FOUND';
    };
    /**
     * The id in the path is far too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RevokeSessionError = RevokeSessionErrors[keyof RevokeSessionErrors];

export type RevokeSessionResponses = {
    /**
     * The session and its tokens are dead
     */
    204: void;
};

export type RevokeSessionResponse = RevokeSessionResponses[keyof RevokeSessionResponses];

export type ChangePasswordData = {
    body: AuthChangePassword;
    path?: never;
    query?: never;
    url: '/auth/password/change';
};

export type ChangePasswordErrors = {
    /**
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_PASSWORD_TOO_WEAK
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_PASSWORD_TOO_WEAK';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID, FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID' | 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED, FAST_AUTH_EMAIL_NOT_CONFIRMED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED' | 'FAST_AUTH_EMAIL_NOT_CONFIRMED';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type ChangePasswordError = ChangePasswordErrors[keyof ChangePasswordErrors];

export type ChangePasswordResponses = {
    /**
     * The password is set, and this session goes on with these tokens
     */
    200: AuthResponse;
};

export type ChangePasswordResponse = ChangePasswordResponses[keyof ChangePasswordResponses];

export type ListApiKeysData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        offset?: number;
        /**
         * Names by code point. A key that was never used counts as used before all others.
         */
        sortBy?: 'createdAt' | 'name' | 'lastUsedAt';
        sortOrder?: 'asc' | 'desc';
    };
    url: '/auth/api-keys';
};

export type ListApiKeysErrors = {
    /**
     * The request is not as documented: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Refused: FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type ListApiKeysError = ListApiKeysErrors[keyof ListApiKeysErrors];

export type ListApiKeysResponses = {
    /**
     * A page of the keys
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
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * Taken, or no room for more: FAST_AUTH_API_KEY_LIMIT_REACHED
     */
    409: AuthError & {
        code: 'FAST_AUTH_API_KEY_LIMIT_REACHED';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type CreateApiKeyError = CreateApiKeyErrors[keyof CreateApiKeyErrors];

export type CreateApiKeyResponses = {
    /**
     * The key is good from now on
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
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * No such thing of yours: FAST_AUTH_API_KEY_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_API_KEY_NOT_FOUND';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * Taken, or no room for more: FAST_AUTH_API_KEY_LIMIT_REACHED
     */
    409: AuthError & {
        code: 'FAST_AUTH_API_KEY_LIMIT_REACHED';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
     */
    413: AuthError & {
        code: 'FST_ERR_CTP_BODY_TOO_LARGE';
    };
    /**
     * The id in the path is far too long: FST_ERR_MAX_PARAM_LENGTH
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RollApiKeyError = RollApiKeyErrors[keyof RollApiKeyErrors];

export type RollApiKeyResponses = {
    /**
     * The new key is good from now on, the old one for as long as was asked
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
     * The request is not as documented: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * No such thing of yours: FAST_AUTH_API_KEY_NOT_FOUND
     */
    404: AuthError & {
        code: 'FAST_AUTH_API_KEY_NOT_FOUND';
    };
    /**
     * The id in the path is far too long: FST_ERR_MAX_PARAM_LENGTH
     */
    414: AuthError & {
        code: 'FST_ERR_MAX_PARAM_LENGTH';
    };
    /**
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type DeleteApiKeyError = DeleteApiKeyErrors[keyof DeleteApiKeyErrors];

export type DeleteApiKeyResponses = {
    /**
     * The key is refused
     */
    204: void;
};

export type DeleteApiKeyResponse = DeleteApiKeyResponses[keyof DeleteApiKeyResponses];

export type IntrospectTokenData = {
    body: AuthIntrospectToken;
    path?: never;
    query?: never;
    url: '/auth/tokens/introspect';
};

export type IntrospectTokenErrors = {
    /**
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type IntrospectTokenError = IntrospectTokenErrors[keyof IntrospectTokenErrors];

export type IntrospectTokenResponses = {
    /**
     * What the token is worth
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
     * The request is not as documented: FST_ERR_VALIDATION
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION';
    };
    /**
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
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

export type SendEmailConfirmationData = {
    body: AuthSendEmailConfirmation;
    path?: never;
    query?: never;
    url: '/auth/email/confirm/send';
};

export type SendEmailConfirmationErrors = {
    /**
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type SendEmailConfirmationError = SendEmailConfirmationErrors[keyof SendEmailConfirmationErrors];

export type SendEmailConfirmationResponses = {
    /**
     * If there is an account to confirm, a link is on its way
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
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_ONE_TIME_TOKEN_INVALID
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_ONE_TIME_TOKEN_INVALID';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type ConfirmEmailError = ConfirmEmailErrors[keyof ConfirmEmailErrors];

export type ConfirmEmailResponses = {
    /**
     * The address is proven
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
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE';
    };
};

export type RequestPasswordResetError = RequestPasswordResetErrors[keyof RequestPasswordResetErrors];

export type RequestPasswordResetResponses = {
    /**
     * If there is such an account, a link is on its way
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
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_ONE_TIME_TOKEN_INVALID, FAST_AUTH_PASSWORD_TOO_WEAK
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_ONE_TIME_TOKEN_INVALID' | 'FAST_AUTH_PASSWORD_TOO_WEAK';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
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
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_UNAUTHENTICATED, FAST_AUTH_ACCESS_TOKEN_INVALID, FAST_AUTH_ACCESS_TOKEN_EXPIRED, FAST_AUTH_SESSION_REVOKED, FAST_AUTH_COOKIES_MISMATCHED, FAST_AUTH_API_KEY_INVALID, FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_UNAUTHENTICATED' | 'FAST_AUTH_ACCESS_TOKEN_INVALID' | 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' | 'FAST_AUTH_SESSION_REVOKED' | 'FAST_AUTH_COOKIES_MISMATCHED' | 'FAST_AUTH_API_KEY_INVALID' | 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED
     */
    403: AuthError & {
        code: 'FAST_AUTH_CROSS_SITE_REQUEST' | 'FAST_AUTH_SESSION_REQUIRED';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
     */
    503: AuthError & {
        code: 'FAST_AUTH_STORAGE_UNAVAILABLE' | 'FAST_AUTH_HASHING_BUSY';
    };
};

export type RequestEmailChangeError = RequestEmailChangeErrors[keyof RequestEmailChangeErrors];

export type RequestEmailChangeResponses = {
    /**
     * A link is on its way to the new address
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
     * The request is not as documented: FST_ERR_VALIDATION, FST_ERR_CTP_INVALID_JSON_BODY, FAST_AUTH_ONE_TIME_TOKEN_INVALID
     */
    400: AuthError & {
        code: 'FST_ERR_VALIDATION' | 'FST_ERR_CTP_INVALID_JSON_BODY' | 'FAST_AUTH_ONE_TIME_TOKEN_INVALID';
    };
    /**
     * Not signed in, or not any more: FAST_AUTH_INVALID_CREDENTIALS
     */
    401: AuthError & {
        code: 'FAST_AUTH_INVALID_CREDENTIALS';
    };
    /**
     * The body took too long: FAST_AUTH_BODY_TIMEOUT
     */
    408: AuthError & {
        code: 'FAST_AUTH_BODY_TIMEOUT';
    };
    /**
     * The body is over 16 KiB: FST_ERR_CTP_BODY_TOO_LARGE
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
     * Too often: come back after Retry-After seconds: FAST_AUTH_TOO_MANY_REQUESTS
     */
    429: AuthError & {
        code: 'FAST_AUTH_TOO_MANY_REQUESTS';
    };
    /**
     * A fault of the server; its log has the cause: FAST_AUTH_INTERNAL_ERROR, FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED
     */
    500: AuthError & {
        code: 'FAST_AUTH_INTERNAL_ERROR' | 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED';
    };
    /**
     * Come back after Retry-After seconds: FAST_AUTH_STORAGE_UNAVAILABLE, FAST_AUTH_HASHING_BUSY
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
