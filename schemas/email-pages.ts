import { Type } from '@sinclair/typebox'
import { errorResponse } from './error-response.js'

/** Mail scanners put parameters of their own behind a link. Whatever they like may stand there, and none gets into the page. */
const AnyQuery = Type.Object({
  token: Type.Optional(Type.String({ description: 'Where the link cannot carry it in its fragment, `#token=`' })),
})

function pageSchema(operationId: string, summary: string) {
  return {
    operationId,
    summary,
    description: 'Does nothing until a person clicks: opening it changes nothing, however often and by whomever.',
    tags: ['Pages'],
    security: [],
    querystring: AnyQuery,
    response: {
      200: { description: 'The page', content: { 'text/html': { schema: { type: 'string' } } } },
      400: errorResponse('The link holds two tokens', ['FST_ERR_VALIDATION']),
    },
  }
}

export const confirmEmailPage = pageSchema('confirmEmailPage', 'The page that a confirmation link opens')
export const resetPasswordPage = pageSchema('resetPasswordPage', 'The page that a password link opens')
export const changeEmailPage = pageSchema('changeEmailPage', "The page that a new address's link opens")
