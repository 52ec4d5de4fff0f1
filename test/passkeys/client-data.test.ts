import t from 'tap'
import { challengeIn } from '../../lib/features/passkeys/client-data.js'

const encoded = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url')
const clientData = { type: 'webauthn.get', challenge: 'AAAA', origin: 'https://example.com' }

t.test('client data have a challenge, whatever else browsers add', async t => {
  for (const more of [{}, { crossOrigin: false }, { tokenBinding: {}, other_keys_can_be_added_here: 'x' }])
    t.equal(challengeIn(encoded({ ...clientData, ...more })), 'AAAA')
})

t.test('client data of a page in a frame of another origin have none', async t => {
  t.equal(challengeIn(encoded({ ...clientData, crossOrigin: true })), null)
  t.equal(challengeIn(encoded({ ...clientData, topOrigin: 'https://evil.example' })), null)
  t.equal(challengeIn(encoded({ ...clientData, crossOrigin: false, topOrigin: null })), null)
})

t.test('unreadable client data have none', async t => {
  for (const content of [null, 5, 'AAAA', [], {}, { challenge: 5 }, { challenge: ['AAAA'] }, { challenge: null }])
    t.equal(challengeIn(encoded(content)), null, JSON.stringify(content))
  for (const text of ['', 'AAAA', '{"challenge":"AAAA"}', encoded(clientData).slice(0, -4)])
    t.equal(challengeIn(text), null, text)
})
