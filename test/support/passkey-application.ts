import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import {
  type CreatePasskeySettings,
  confirmUser,
  createSoftwareAuthenticator,
  registerPasskey,
  type SoftwareAuthenticator,
  signUpUser,
  type UsePasskeySettings,
} from '../../lib/testing/index.js'
import type { AuthenticationCredential } from '../../schemas/passkeys/credential.js'
import { ada, bearer } from './account.js'
import { type TestApplication, type TestApplicationSettings, testApplication } from './test-application.js'
import { publicUrl as origin } from './test-mail.js'

export { origin }
export const rpId = 'example.com'

/** The option `passkeys` of tests. */
export const passkeys = { rpId, rpName: 'Example', origins: [origin] } as const

export interface PasskeySettings extends Pick<TestApplicationSettings, 'after' | 'server'> {
  readonly options?: Partial<FastAuthOptions>
  /** The authenticator of Ada's passkey. */
  readonly authenticator?: SoftwareAuthenticator
}

type Posting = Pick<TestApplication, 'post'>

/** Uses a passkey for the challenge that the application issues now. */
export async function usePasskey(
  { post }: Posting,
  authenticator: SoftwareAuthenticator,
  settings: Partial<UsePasskeySettings> = {},
): Promise<AuthenticationCredential> {
  const { challenge, rpId, timeout, userVerification } = (await post('/sign-in/passkey/options', undefined)).json()
  return authenticator.get({ challenge, rpId, timeout, userVerification }, { origin, ...settings })
}

/** Makes an application with mail and passkeys. Ada is signed in, her address is confirmed, and she has no passkey. */
export async function confirmedApplication(
  t: Test,
  { options, ...others }: Omit<PasskeySettings, 'authenticator'> = {},
) {
  const application = await testApplication(t, { mail: true, options: { passkeys, ...options }, ...others })
  const { app, mailbox, events, asked } = application
  const session = await signUpUser(app, ada)
  await confirmUser(app, { ...ada, mailbox })
  events.length = 0
  asked()
  return {
    ...application,
    ...session,
    /** Sends a request of the session that signed up. */
    send: (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
      session.inject({ method, url: `/auth${path}`, ...(payload && { payload }) }),
  }
}

/** Creates a passkey with the options that the session gets now, in an authenticator of its own. */
export async function newPasskey(
  { send }: Pick<Awaited<ReturnType<typeof confirmedApplication>>, 'send'>,
  settings: Partial<CreatePasskeySettings> = {},
) {
  const options = (await send('POST', '/passkeys/options')).json()
  const authenticator = createSoftwareAuthenticator()
  return { authenticator, options, credential: authenticator.create(options, { origin, ...settings }) }
}

/** Makes such an application in which Ada has a passkey. */
export async function passkeyApplication(
  t: Test,
  { authenticator = createSoftwareAuthenticator(), ...settings }: PasskeySettings = {},
) {
  const application = await confirmedApplication(t, settings)
  const { app, mailbox, events, asked } = application
  const passkey = await registerPasskey(application, { authenticator, origin, name: 'Phone' })
  await mailbox.waitForMessage(ada.email)
  events.length = 0
  asked()

  const use = (settings?: Partial<UsePasskeySettings>) => usePasskey(application, authenticator, settings)
  const signInWith = (credential: object, headers?: Record<string, string>): Promise<LightMyRequestResponse> =>
    application.post('/sign-in/passkey', { credential, transport: 'token' }, headers)

  return {
    ...application,
    authenticator,
    passkey,
    use,
    signInWith,
    signIn: async (settings?: Partial<UsePasskeySettings>) => signInWith(await use(settings)),
    /** Signs in with the passkey, and returns requests of this session. */
    async passkeySession() {
      const { accessToken, refreshToken, session } = (await signInWith(await use())).json()
      const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
        app.inject({ method, url: `/auth${path}`, headers: bearer(accessToken), ...(payload && { payload }) })
      return { accessToken, refreshToken, sessionId: session.id as string, send }
    },
  }
}

/** Returns the claims of an access token, without checking it. */
export function claimsOf(accessToken: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())
}
