import { Type } from '@sinclair/typebox'
import { errorResponse } from '../error-response.js'

/** Accepts any parameter, since mail scanners append their own to links. The page contains none of them. */
const AnyQuery = Type.Object({
  token: Type.Optional(
    Type.String({ description: 'The token, if the link cannot carry it in its fragment, `#token=`' }),
  ),
})

export function pageSchema(operationId: string, summary: string) {
  return {
    operationId,
    summary,
    description:
      'Opening the page changes nothing; the user must click a button. A mail scanner may open it any number of times.',
    tags: ['Pages'],
    security: [],
    querystring: AnyQuery,
    response: {
      200: { description: 'The page', content: { 'text/html': { schema: { type: 'string' } } } },
      400: errorResponse('The link contains two tokens', ['FST_ERR_VALIDATION']),
    },
  }
}

export const confirmEmailPage = pageSchema('confirmEmailPage', 'The page that a confirmation link opens')
export const resetPasswordPage = pageSchema('resetPasswordPage', 'The page that a password link opens')
export const changeEmailPage = pageSchema('changeEmailPage', "The page that a new address's link opens")
