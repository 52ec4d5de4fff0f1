import type { FastifyInstance } from 'fastify'
import { eventContext } from '../events/event-context.js'
import type { Dependencies, EmailDependencies } from '../features/dependencies.js'
import { createPages } from '../features/email/pages/index.js'
import { createComposer } from '../mail/compose-message.js'
import { createDelivery, type Delivery } from '../mail/delivery.js'
import type { DeliveryFailure } from '../mail/delivery-failure.js'
import { createLinks } from '../mail/links.js'
import { createMessageWriter, openMessage } from '../mail/message-writer.js'
import type { Measure } from '../telemetry/create-measure.js'
import { noRequestOrigin } from '../telemetry/request-origin.js'
import type { Sealer } from '../tokens/sealer.js'
import { appNameOf } from './app-name-of.js'
import type { ResolvedOptions } from './options/resolve-options.js'
import type { Storage } from './storage.js'

export interface EmailFlows {
  readonly dependencies: EmailDependencies
  /** `null` if the application has its own pages. */
  readonly pages: ReturnType<typeof createPages> | null
  readonly delivery: Delivery
}

export interface EmailFlowSettings extends Pick<Dependencies, 'emit'> {
  readonly options: ResolvedOptions
  readonly sealer: Sealer
  readonly storage: Pick<Storage, 'outbox' | 'users'>
  /** Path of the routes, as a browser sees it. */
  readonly routesPath: string
  readonly measure: Measure | undefined
}

function logFailure(app: FastifyInstance, { error, ...failure }: DeliveryFailure): void {
  const isAboutCredentials = 'code' in error && error.code === 'EAUTH'
  if (isAboutCredentials)
    app.log.error({ err: error, ...failure }, 'fast-auth: the mail server refused the user name or password')
  else app.log.error({ err: error, ...failure }, 'fast-auth: a message was not sent')
}

/** Creates the dependencies of the e-mail flows; `null` if the options have no sender. */
export function composeEmailFlows(
  app: FastifyInstance,
  { options, sealer, storage: { outbox, users }, routesPath, measure, emit }: EmailFlowSettings,
): EmailFlows | null {
  const { email, clock, pages, requireEmailConfirmation } = options
  if (email === null) return null
  const { sender, from, messages, links, publicUrl, confirmationLifetimeSeconds, resetLifetimeSeconds } = email
  const appName = appNameOf(options)
  const linkTo = createLinks({ publicUrl, routesPath, links })
  const delivery = createDelivery({
    outbox,
    sender,
    open: message => openMessage(sealer, message),
    compose: createComposer({ appName, linkTo, messages, users }),
    from,
    clock,
    measure,
    onFailure: failure => logFailure(app, failure),
    onGivingUp: ({ id: messageId, userId }, reason) =>
      emit({
        name: 'message_given_up',
        messageId,
        reason,
        ...eventContext({ userId, sessionId: null, client: noRequestOrigin, now: clock() }),
      }),
  })
  return {
    dependencies: {
      messageWriter: createMessageWriter({ sealer }),
      linkLifetimes: {
        confirmEmail: confirmationLifetimeSeconds,
        resetPassword: resetLifetimeSeconds,
        changeEmail: confirmationLifetimeSeconds,
      },
      requireConfirmation: requireEmailConfirmation,
      notifyDelivery: delivery.notify,
    },
    pages: pages ? createPages({ appName }) : null,
    delivery,
  }
}
