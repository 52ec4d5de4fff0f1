import { readFileSync } from 'node:fs'
import t from 'tap'
import { type Circumstances, checkHistory, type Invariant, invariants } from './fixtures/check-history.js'
import { type ClientOperation, createHistory, type HistoryEntry, tokenName } from './fixtures/history.js'
import { reportOf } from './fixtures/report.js'

let time = 0

/** An operation of one millisecond, a second after the one before. */
function operation(kind: ClientOperation['kind'], rest: Partial<ClientOperation> = {}): ClientOperation {
  time += 1000
  return { kind, about: 'session-1', startedAt: time, endedAt: time + 1, status: 200, ...rest }
}

const refresh = (presented: string, received: string, rest: Partial<ClientOperation> = {}) =>
  operation('refresh', { presented, received, ...rest })
const refused = (presented: string) => operation('refresh', { presented, status: 401 })

interface Wrong {
  readonly invariant: Invariant
  readonly entries: readonly HistoryEntry[]
  readonly circumstances?: Partial<Circumstances>
}

const wrong: Readonly<Record<string, Wrong>> = {
  'a token that was never exchanged is refused': {
    invariant: 'no session is lost',
    entries: [refused('a')],
  },
  'a token is refused to the second of two tabs': {
    invariant: 'no session is lost',
    entries: [refresh('a', 'b'), refused('a')],
  },
  'a token is refused after an answer that was lost': {
    invariant: 'a refresh that failed leaves its token usable',
    entries: [operation('refresh', { presented: 'a', status: null }), refused('a')],
  },
  'a token is refused after a 503': {
    invariant: 'a refresh that failed leaves its token usable',
    entries: [operation('refresh', { presented: 'a', status: 503 }), refused('a')],
  },
  'a token is said to be malformed': {
    invariant: 'no session is lost',
    entries: [operation('refresh', { presented: 'a', status: 400 })],
  },
  'a signed-in client is refused at a protected route': {
    invariant: 'no live session is refused',
    entries: [operation('call', { status: 401 }), operation('end', { status: 204 })],
  },
  'two who present one token are given different ones': {
    invariant: 'a refresh token has one successor',
    entries: [refresh('a', 'b'), refresh('a', 'c')],
  },
  'a token is consumed by two': {
    invariant: 'a token is consumed once',
    entries: [operation('consume', { presented: 'a' }), operation('consume', { presented: 'a', status: 204 })],
  },
  'two sign up with one address': {
    invariant: 'an address is taken once',
    entries: [operation('signUp', { status: 201 }), operation('signUp', { status: 201 })],
  },
  'an account that was answered is gone': {
    invariant: 'what was acknowledged is there',
    entries: [operation('signUp', { status: 201 }), operation('signIn', { status: 401 })],
  },
  'a rotation that was answered is gone': {
    invariant: 'what was acknowledged is there',
    entries: [refresh('a', 'b', { generation: 2 }), refresh('b', 'c', { generation: 1 })],
  },
  'an access token is good after a sign-out': {
    invariant: 'what was ended stays ended',
    entries: [operation('end', { status: 204 }), operation('call')],
  },
  'a refresh token is good after a sign-out, and after the feed': {
    invariant: 'what was ended stays ended',
    entries: [operation('end', { status: 204 }), refresh('a', 'b')],
    circumstances: { feedMilliseconds: 500 },
  },
  'a 503 clears cookies': {
    invariant: 'a failure clears no cookies',
    entries: [operation('refresh', { presented: 'a', status: 503, clearsCookies: true })],
  },
  'a 503 says nothing of when': {
    invariant: 'every refusal to try again later names the time',
    entries: [operation('signIn', { status: 503, hasRetryAfter: false })],
  },
  'an answer is a 500': {
    invariant: 'a failure is a 503',
    entries: [operation('call', { status: 500 })],
  },
  'an answer comes too late': {
    invariant: 'answers are in time',
    entries: [operation('call', { startedAt: 0, endedAt: 501 })],
    circumstances: { deadlineMilliseconds: 500 },
  },
}

for (const [what, { invariant, entries, circumstances }] of Object.entries(wrong)) {
  t.test(`a history in which ${what} is refused`, async t => {
    t.same(
      checkHistory(entries, circumstances).map(violation => violation.invariant),
      [invariant],
    )
  })
}

t.test('there is a wrong history for every invariant', async t => {
  t.same(new Set(Object.values(wrong).map(({ invariant }) => invariant)), new Set(invariants))
})

const right: Readonly<Record<string, readonly HistoryEntry[]>> = {
  'two tabs get one successor': [refresh('a', 'b', { generation: 1 }), refresh('a', 'b', { generation: 1 })],
  'an answer is lost and the retry gets on': [
    operation('refresh', { presented: 'a', status: null }),
    refresh('a', 'b', { generation: 1 }),
  ],
  'a signed-out client is refused': [
    operation('call'),
    operation('end', { status: null }),
    operation('call', { status: 401 }),
    refused('a'),
  ],
  'a copied token is refused after the grace time': [
    refresh('a', 'b', { startedAt: 0, endedAt: 1 }),
    operation('refresh', { presented: 'a', status: 401, startedAt: 70_000, endedAt: 70_001 }),
  ],
  'a request was under way when its session ended': [
    operation('end', { status: 204, startedAt: 0, endedAt: 100 }),
    operation('call', { startedAt: 50, endedAt: 110 }),
  ],
  'a sign-up fails and is repeated': [
    operation('signUp', { status: 503, hasRetryAfter: true }),
    operation('signUp', { status: 201 }),
    operation('signUp', { status: 409 }),
    operation('signIn'),
  ],
  'a database is down for a while': [
    operation('signIn', { status: 503, hasRetryAfter: true }),
    { kind: 'fault', name: 'stop', startedAt: 0, recoveredAt: 10 },
  ],
}

for (const [what, entries] of Object.entries(right)) {
  t.test(`a history in which ${what} is accepted`, async t => t.same(checkHistory(entries), []))
}

t.test('a history is kept as it was, and names no token', async t => {
  const history = createHistory('fault-history')
  const entries = [refresh(tokenName('a secret'), tokenName('another')), operation('end', { status: 204 })]
  for (const entry of entries) history.add(entry)
  const text = readFileSync(history.file, 'utf8')
  t.same(
    text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
    entries,
  )
  t.same(history.entries, entries)
  t.notMatch(text, 'secret')
  t.equal(readFileSync(createHistory('fault-history-2').file.replace('-2', ''), 'utf8'), text)
})

t.test('a report counts what was tried, what was wrong, and how long each recovery took', async t => {
  const faults = Array.from({ length: 100 }, (_, index) => ({
    kind: 'fault' as const,
    name: 'stop',
    startedAt: 0,
    recoveredAt: index + 1,
  }))
  const entries = [...faults, refused('a'), refresh('b', 'c'), refresh('b', 'd'), operation('call', { status: 503 })]
  t.same(reportOf('a proof', entries, checkHistory(entries)), {
    proof: 'a proof',
    trials: 4,
    faults: 100,
    survived: 0,
    sessionsLost: 1,
    doubleConsumes: 0,
    resurrections: 0,
    wrongRefusals: 0,
    forks: 1,
    otherViolations: 0,
    recoveryMilliseconds: { p50: 50, p99: 99 },
  })
})
