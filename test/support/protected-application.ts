import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { setUpTotp, totpCode } from '../../lib/testing/index.js'
import { ada, bearer } from './account.js'
import { type TestApplicationSettings, testApplication } from './test-application.js'
import type { MailSettings } from './test-mail.js'

/** The first time of the clock of `testApplication`. */
export const noon = Date.UTC(2026, 0, 1, 12)

export type ProtectedSettings = Pick<TestApplicationSettings<MailSettings>, 'after' | 'server'> & {
  readonly options?: Partial<FastAuthOptions>
}

/** Makes an application with mail whose user Ada has an authenticator app. The code of its first step is spent. */
export async function protectedApplication(t: Test, { options, ...others }: ProtectedSettings = {}) {
  const application = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { secondFactor: 'offered', ...options },
    ...others,
  })
  const { app, events, mailbox, asked } = application
  const { secret, recoveryCodes } = await setUpTotp(application, { at: noon })
  await mailbox.waitForMessage(ada.email)
  let now = noon

  function advance(seconds: number): void {
    now += seconds * 1000
    application.advance(seconds)
  }
  advance(30)
  events.length = 0
  asked()

  /** Sends the password. */
  const begin = (transport = 'token') => application.post('/sign-in', { ...ada, transport })
  const complete = (body: object, headers: Record<string, string> = {}) =>
    application.post('/sign-in/second-factor', body, headers)
  /** Signs in with the fields of a second factor. */
  async function signIn(fields: object): Promise<LightMyRequestResponse> {
    const { signInToken } = (await begin()).json()
    return complete({ signInToken, ...fields })
  }
  const code = () => totpCode(secret, now)

  /** The code that the app shows next: none was accepted before. */
  function nextCode(): string {
    advance(30)
    return code()
  }

  return {
    ...application,
    secret,
    recoveryCodes: recoveryCodes as readonly [string, string, ...string[]],
    begin,
    complete,
    signIn,
    code,
    nextCode,
    advance,
    now: () => now,
    /** Signs in with the app, and returns requests of this session. */
    async session() {
      const { accessToken, refreshToken, session } = (await signIn({ code: nextCode() })).json()
      const send = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
        app.inject({ method, url: `/auth${path}`, headers: bearer(accessToken), ...(payload && { payload }) })
      return { accessToken, refreshToken, sessionId: session.id as string, send }
    },
  }
}

/** Returns a code that no step near this time has. */
export function wrongCode(secret: string, now: number): string {
  const near = [-60, -30, 0, 30, 60].map(seconds => totpCode(secret, now + seconds * 1000))
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find(code => !near.includes(code)) as string
}
