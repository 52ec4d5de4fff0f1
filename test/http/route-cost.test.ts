import t from 'tap'
import type { OperationSchema } from '../../schemas/index.js'
import { documentedCodes } from '../support/operations.js'
import { testApplication } from '../support/test-application.js'

/** Messages that these routes send are the reason why they exist; the others hash a password, or do neither. */
const sendingRoutes = ['requestPasswordReset', 'sendEmailConfirmation']

t.test('a route has the lower limit if it documents that hashing may be busy, or exists to send a message', async t => {
  const costs = new Map<string, unknown>()
  await testApplication(t, {
    mail: true,
    before: app =>
      void app.addHook('onRoute', ({ method, schema, config }) => {
        const operation = schema as OperationSchema | undefined
        if (method === 'HEAD' || operation?.operationId === undefined || operation.response === undefined) return
        const expected = documentedCodes(operation, 503).includes('FAST_AUTH_HASHING_BUSY') ? 'hash' : undefined
        const isSending = sendingRoutes.includes(operation.operationId)
        costs.set(operation.operationId, config?.fastAuthCost)
        t.equal(config?.fastAuthCost, isSending ? 'message' : expected, operation.operationId)
      }),
  })
  const costly = [...costs.values()].filter(cost => cost !== undefined)
  t.ok(costly.length >= 10 && costs.size > costly.length)
})
