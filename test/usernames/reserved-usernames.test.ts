import t from 'tap'
import { canonicalUsername } from '../../lib/usernames/canonical-username.js'
import { createReservedUsernames } from '../../lib/usernames/reserved-usernames.js'

t.test('names that stand for the application, its paths or no user are reserved', async t => {
  const reserved = createReservedUsernames([])
  for (const name of ['admin', 'root', 'support', 'postmaster', 'api', 'auth', 'robots.txt', 'null', 'deleted']) {
    t.equal(canonicalUsername(name), name)
    t.ok(reserved.has(name), name)
  }
  for (const name of ['ada', 'administra', 'admin2', 'superadmin', 'ruth', 'constructor'])
    t.notOk(reserved.has(name), name)
})

t.test('separators make no other name of a reserved one', async t => {
  const reserved = createReservedUsernames([])
  for (const name of ['no-reply', 'no.reply', 'a.d.m.i.n', 'm-e', 'log_in', 'robotstxt']) t.ok(reserved.has(name), name)
})

t.test('the application’s own are reserved beside ours, in whatever case they are given', async t => {
  const reserved = createReservedUsernames(['Pricing', 'our-blog'])
  for (const name of ['pricing', 'ourblog', 'our.blog', 'admin']) t.ok(reserved.has(name), name)
  t.notOk(createReservedUsernames([]).has('pricing'))
})
