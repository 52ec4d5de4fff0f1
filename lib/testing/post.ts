import type { InjectOptions, LightMyRequestResponse } from 'fastify'

/** The used part of a Fastify instance, which every instance has with any generics. */
export interface InjectableApp {
  inject(options: InjectOptions): Promise<LightMyRequestResponse>
}

export interface Step {
  /** For the error: `Sign-up`. */
  readonly name: string
  readonly url: string
  readonly body?: Readonly<Record<string, unknown>>
  readonly expects: readonly number[]
  /** A value that no error may contain. */
  readonly secret: string
  readonly cookies?: Readonly<Record<string, string>>
}

/** The header that browsers send with a request from a page of the application. */
export const sameOrigin = { 'sec-fetch-site': 'same-origin' } as const

function refusalIn(body: string): { readonly code?: unknown; readonly message?: unknown } {
  try {
    return JSON.parse(body) ?? {}
  } catch {
    return {}
  }
}

/** @throws {Error} Another status than expected, with its code and message, each unless it holds the secret. */
export async function post(
  app: InjectableApp,
  { name, url, body, expects, secret, cookies = {} }: Step,
): Promise<LightMyRequestResponse> {
  const payload = body === undefined ? {} : { payload: body }
  const answer = await app.inject({ method: 'POST', url, headers: sameOrigin, cookies: { ...cookies }, ...payload })
  if (expects.includes(answer.statusCode)) return answer
  const { code, message } = refusalIn(answer.body)
  const reveals = (part: string) => secret !== '' && part.includes(secret)
  const said = [code, message].filter(part => typeof part === 'string' && !reveals(part))
  throw new Error([`${name} answered ${answer.statusCode}`, ...said].join(': '))
}
