import t from 'tap'
import { namedSchemas } from '../../schemas/index.js'
import { schemasWithOrganizations } from '../../schemas/organizations/schemas-with-organizations.js'
import { operationsWithSecondFactor as operations } from '../support/operations.js'
import { type EveryToken, everyToken } from './fixtures/every-token.js'
import { isSuccess, type Place, places } from './fixtures/token-places.js'

/**
 * What each place says to each token. `+`: it is taken. `-`: refused like any text. `x`: it has expired. `r`: its session has
 * ended. `k`: it is no good key. `p`: a person has to ask. Signing out takes what once was a token: the storage is asked.
 */
const matrix = `
                           bearer cookie person query caller asked switch joining refresh r-cookie confirm change out-body out-rcook out-bear out-cook second s-cookie use creation code c-token c-cookie id-token sign-up preview accept  invited decline reset
access token               +      +      +      -     +      +     -      -       -       -        -       -      -        -         +        +        -      -        -   -        -    -       -        -        -       -       -       -       -       -
expired access token       x      x      x      -     x      -     -      -       -       -        -       -      -        -         +        +        -      -        -   -        -    -       -        -        -       -       -       -       -       -
revoked access token       r      r      r      -     r      -     -      -       -       -        -       -      -        -         +        +        -      -        -   -        -    -       -        -        -       -       -       -       -       -
Ben's access token         +      +      +      -     +      -     -      -       -       -        -       -      -        -         +        +        -      -        -   -        -    -       -        -        -       -       -       -       -       -
refresh token              -      -      -      -     -      +     +      +       +       +        -       -      +        +         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
expired refresh token      -      -      -      -     -      -     -      -       -       -        -       -      +        +         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
revoked refresh token      -      -      -      -     -      -     -      -       -       -        -       -      +        +         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
Ben's refresh token        -      -      -      -     -      -     -      -       +       +        -       -      +        +         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
API key                    +      -      p      -     +      +     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
expired API key            k      -      k      -     k      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
deleted API key            k      -      k      -     k      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
Ben's API key              +      -      p      -     +      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
confirmation               -      -      -      -     -      -     -      -       -       -        +       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
expired confirmation       -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
superseded confirmation    -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
change                     -      -      -      -     -      -     -      -       -       -        -       +      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
expired change             -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
superseded change          -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
reset                      -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       +
expired reset              -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
superseded reset           -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
introspection secret       -      -      -      -     +      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
signing secret             -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
JWT of another typ         -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
JWT for another aud        -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
JWT of another iss         -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
unsigned JWT               -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
session id                 -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
user id                    -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
hash of the API key        -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
hash of a link             -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
sealed message             -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
waiting sign-in            -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        +      -        -   -        -    -       -        -        -       -       -       -       -       -
expired waiting sign-in    -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
waiting in a cookie        -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      +        -   -        -    -       -        -        -       -       -       -       -       -
sign-in challenge          -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        +   -        -    -       -        -        -       -       -       -       -       -
creation challenge         -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   +        -    -       -        -        -       -       -       -       -       -
expired challenge          -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
request of a code          -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    +       -        -        -       -       -       -       -       -
request in a cookie        -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       +        -        -       -       -       -       -       -
expired request of a code  -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
used request of a code     -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
hash of a code             -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
invitation                 -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       +       +       -       +       -
invitation of a newcomer   -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       +       -       +       +       -
expired invitation         -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
superseded invitation      -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
hash of an invitation      -      -      -      -     -      -     -      -       -       -        -       -      -        -         -        -        -      -        -   -        -    -       -        -        -       -       -       -       -       -
`

const refusals: Readonly<Record<string, readonly [number, string]>> = {
  x: [401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED'],
  r: [401, 'FAST_AUTH_SESSION_REVOKED'],
  k: [401, 'FAST_AUTH_API_KEY_INVALID'],
  p: [403, 'FAST_AUTH_SESSION_REQUIRED'],
}

const [head = '', ...lines] = matrix.trim().split('\n')
const columns = head.trim().split(/\s+/)
/** By the kinds of token, a mark for each place. */
const marks = new Map(lines.map(line => [line.slice(0, 27).trim(), line.slice(27).trim().split(/\s+/)]))

/** The kinds whose mark in the column is, or is not, a `+`. */
const kindsOf = (place: string, taken: boolean) =>
  [...marks].flatMap(([kind, row]) => ((row[columns.indexOf(place)] === '+') === taken ? [kind] : []))

const all = await everyToken(t)

const bodySchemas = schemasWithOrganizations(namedSchemas)

/** The token in its place, no longer than any place takes. */
async function present(tested: EveryToken, place: Place, kind: string) {
  const { app, calls, tokens } = tested
  calls.length = 0
  const answer = await app.inject(place.request((tokens[kind] ?? '').slice(0, 512), tested))
  const asked = calls.filter(method => !method.startsWith('outbox.'))
  return { answer, isTaken: (place.isTaken ?? isSuccess)(answer, asked) }
}

t.test('the matrix has every kind of token and every place, and a mark for each pair', async t => {
  t.strictSame([...marks.keys()].sort(), Object.keys(all.tokens).sort())
  t.strictSame(columns, Object.keys(places))
  for (const [kind, row] of marks) {
    t.equal(row.length, columns.length, kind)
    t.match(row.join(''), /^[-+xrkp]+$/, kind)
    t.ok((all.tokens[kind] ?? '').length > 20, kind)
  }
})

t.test('every operation with a token in its body has a column', async t => {
  const inBodies = operations.flatMap(([name, { body }]) => {
    const schema = bodySchemas.find(({ $id }) => `${$id}#` === body?.$ref)
    return Object.keys(schema?.properties ?? {}).flatMap(field => (/token$/i.test(field) ? [`${name} ${field}`] : []))
  })
  const shown = Object.values(places).flatMap(({ operation, field }) =>
    field === undefined ? [] : `${operation} ${field}`,
  )
  t.strictSame(inBodies.toSorted(), shown.toSorted())
})

for (const [name, place] of Object.entries(places)) {
  t.test(`${name}: every token that is not for this place is refused, as the matrix says`, async t => {
    for (const kind of kindsOf(name, false)) {
      const { answer, isTaken } = await present(all, place, kind)
      const mark = marks.get(kind)?.[columns.indexOf(name)] ?? ''
      const code = answer.body === '' ? undefined : answer.json().code
      const expected = refusals[mark] ?? place.refusal
      t.strictSame([isTaken, answer.statusCode, code], [false, expected[0], expected[1]], kind)
      if (place.operation !== 'signOut') t.equal(answer.headers['set-cookie'], undefined, kind)
    }
  })
}

for (const [name, place] of Object.entries(places)) {
  t.test(`${name}: after all of that, the tokens that are for this place are taken`, async t => {
    // Sign-outs have ended Ben's session, an acceptance has consumed his invitation, and a change of address has ended the reset. A
    // switch ends the access token that requests it.
    const tested = ['accept', 'decline', 'reset', 'switch'].includes(name) ? await everyToken(t) : all
    for (const kind of kindsOf(name, true)) t.ok((await present(tested, place, kind)).isTaken, kind)
  })
}
