import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import t, { type Test } from 'tap'
import type { AuthEvent } from '../../lib/events/auth-event.js'
import { createEmitter } from '../../lib/events/emitter.js'
import { noteworthyEvents } from '../../lib/events/noteworthy-events.js'

const event: AuthEvent = {
  name: 'authn_login_success',
  at: '2026-01-01T12:00:00.000Z',
  userId: '1',
  sessionId: '2',
  ip: null,
  userAgent: null,
  requestId: null,
}

/** An emitter, and what it logs. */
function emitting() {
  const lines: unknown[][] = []
  const at = (level: string) => (fields: object, message: string) => lines.push([level, message, fields])
  const emit = createEmitter({ note: () => undefined, log: { info: at('info'), warn: at('warn'), error: at('error') } })
  return { emit, lines }
}

function listen(t: Test, name: string) {
  const heard: unknown[] = []
  const listener = (message: unknown) => heard.push(message)
  subscribe(name, listener)
  t.teardown(() => unsubscribe(name, listener))
  return heard
}

t.test('a subscriber to an event’s channel receives that event and no other', async t => {
  const { emit } = emitting()
  const heard = listen(t, 'fast-auth:authn_login_success')
  const others = listen(t, 'fast-auth:user_created')
  emit(event)
  t.strictSame([heard, others], [[event], []])
  t.equal(heard[0], event)
})

t.test('without subscribers nothing is published', async t => {
  const { emit, lines } = emitting()
  const heard: unknown[] = []
  const listener = (message: unknown) => heard.push(message)
  subscribe('fast-auth:authn_login_success', listener)
  unsubscribe('fast-auth:authn_login_success', listener)
  emit(event)
  t.same(heard, [])
  t.same(lines, [['info', 'authn_login_success', { event }]])
})

t.test('an event that a careful operator looks at is a warning', async t => {
  for (const name of noteworthyEvents) {
    const { emit, lines } = emitting()
    const failure = { ...event, name } as AuthEvent
    emit(failure)
    t.same(lines, [['warn', name, { event: failure }]])
  }
})
