import t from 'tap'
import { embeddedAdapters } from '../support/adapters.js'
import { noSecretIsKept, waitingMessagesAreSealed } from './fixtures/canary.js'
import { noSignInCodeIsKept, waitingCodesAreSealed } from './fixtures/canary-email-codes.js'
import { noPasskeyIsKept } from './fixtures/canary-passkeys.js'
import { nothingOfProvidersIsKept } from './fixtures/canary-providers.js'
import { noSecondFactorIsKept } from './fixtures/canary-second-factor.js'

for (const adapter of embeddedAdapters.filter(({ name }) => name !== 'memory')) {
  const { name, missing: skip } = adapter

  t.test(`no token and no password gets into events, logs or a database of ${name}, used or not`, { skip }, t =>
    noSecretIsKept(t, adapter),
  )

  t.test(`no secret and no code of a second factor gets into events, logs or a database of ${name}`, { skip }, t =>
    noSecondFactorIsKept(t, adapter),
  )

  t.test(
    `no challenge and no signature gets into a database of ${name}, and nothing of a passkey into logs`,
    { skip },
    t => noPasskeyIsKept(t, adapter),
  )

  t.test(`no secret of a sign-in with a provider gets into events, logs or a database of ${name}`, { skip }, t =>
    nothingOfProvidersIsKept(t, adapter),
  )

  t.test(
    `what waits in ${name} to be sent is sealed, and a sender that repeats a message gets no token into the log`,
    { skip },
    t => waitingMessagesAreSealed(t, adapter),
  )

  t.test(`no mailed code gets into events, logs or a database of ${name}, right or wrong`, { skip }, t =>
    noSignInCodeIsKept(t, adapter),
  )

  t.test(
    `a code that waits in ${name} to be sent is sealed, and a sender that repeats it gets none into the log`,
    { skip },
    t => waitingCodesAreSealed(t, adapter),
  )
}
