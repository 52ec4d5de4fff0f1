import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import type { EmailMessage, MemorySender } from '../../lib/mail/index.js'
import { tokenIn } from '../../lib/testing/index.js'
import { ada, bearer, cookieHeader } from './account.js'
import { type MailApplication, type TestApplicationSettings, testApplication } from './test-application.js'
import type { MailSettings } from './test-mail.js'

export const invalid = 'FAST_AUTH_SIGN_IN_CODE_INVALID'

/** An address without an account. */
export const stranger = 'ben@example.com'

export interface CodeSettings extends Pick<TestApplicationSettings, 'before' | 'after' | 'server'> {
  readonly options?: Partial<FastAuthOptions>
  readonly mail?: MailSettings
}

/** What a client has after its request for a code. */
export interface RequestedCode {
  readonly answer: LightMyRequestResponse
  /** As the message shows it: `K7QM-3X9D`. */
  readonly code: string
  /** As it is in the link. */
  readonly token: string
  /** The part of the next body, or the header, by which the server recognises the client. */
  readonly body: { readonly signInToken?: string }
  readonly headers: Record<string, string>
}

/** Returns the code that the reader of a message types. */
export function codeOf({ text }: Pick<EmailMessage, 'text'>): string {
  const [, code] = /^([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(text) ?? []
  if (code === undefined) throw new Error('The message has no code')
  return code
}

/** Returns another code of the same form. */
export function otherThan(code: string): string {
  return code.replace(/^./, first => (first === '7' ? '8' : '7'))
}

/** The functions of a client that signs in by mail, at any application with a mailbox. */
export function codeClient({ post, mailbox }: Pick<MailApplication, 'post'> & { readonly mailbox: MemorySender }) {
  const ask = (email: string = ada.email, transport?: 'cookie' | 'token') =>
    post('/sign-in/email', { email, ...(transport && { transport }) })
  const confirm = (body: object, headers: Record<string, string> = {}) => post('/sign-in/email/confirm', body, headers)

  /** Returns the next message with a code to this address. */
  async function codeMessage(email: string): Promise<EmailMessage> {
    const message = await mailbox.waitForMessage(email)
    return message.subject.includes('sign-in code') ? message : codeMessage(email)
  }

  /** Requests a code, and reads the message. */
  async function request(email: string = ada.email, transport: 'cookie' | 'token' = 'token'): Promise<RequestedCode> {
    const answer = await ask(email, transport)
    if (answer.statusCode !== 202) throw new Error(`The request answered ${answer.statusCode}: ${answer.body}`)
    const message = await codeMessage(email)
    const { signInToken } = answer.json()
    const body = transport === 'token' ? { signInToken } : {}
    const headers: Record<string, string> = transport === 'token' ? {} : { cookie: cookieHeader(answer) }
    return { answer, code: codeOf(message), token: tokenIn(message), body, headers }
  }

  /** Signs in with the code of a request. */
  const use = ({ code, body, headers }: RequestedCode) => confirm({ code, ...body }, headers)

  return { ask, confirm, codeMessage, request, use }
}

/** Makes an application with mail and mailed codes, in which Ada has an account and has confirmed her address. */
export async function codeApplication(t: Test, { options, mail = true, ...others }: CodeSettings = {}) {
  const application = await testApplication(t, { mail, options: { emailSignIn: {}, ...options }, ...others })
  const { app, asked, events } = application
  const creation = await app.fastAuth.createUser({ ...ada, emailConfirmed: true })
  if (creation.outcome !== 'created') throw new Error('Ada has an account already')
  events.length = 0
  asked()
  const client = codeClient(application)
  return {
    ...application,
    ...client,
    user: creation.user,
    /** Signs in with a code, and returns requests of this session. */
    async codeSession(email: string = ada.email) {
      const answer = await client.use(await client.request(email))
      const { accessToken, refreshToken, session, user } = answer.json()
      const inject = (request: InjectOptions | string) => {
        const own = typeof request === 'string' ? { url: request } : request
        return app.inject({ ...own, headers: { ...bearer(accessToken), ...own.headers } })
      }
      const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
        inject({ method, url: `/auth${path}`, ...(payload && { payload }) })
      return { accessToken, refreshToken, sessionId: session.id as string, user, inject, send }
    },
  }
}
