import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { createVerifiedTokenCache } from '../../lib/tokens/verified-token-cache.js'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

t.test('a token is recalled by its whole text, and by no other', async t => {
  const recent = createVerifiedTokenCache<string>(10)
  recent.keep('header.claims.signature', 'content')
  t.equal(recent.recall('header.claims.signature'), 'content')
  for (const other of [
    '',
    'header.claims.signaturf',
    'header.claims.signature ',
    'header.claims.',
    'HEADER.claims.signature',
  ]) {
    t.equal(recent.recall(other), null, other)
  }
})

t.test('of two tokens that end alike each is recalled as itself or not at all', async t => {
  const recent = createVerifiedTokenCache<string>(10)
  const end = 'x'.repeat(100)
  recent.keep(`one.${end}`, 'one')
  t.equal(recent.recall(`two.${end}`), null)
  recent.keep(`two.${end}`, 'two')
  t.equal(recent.recall(`two.${end}`), 'two')
  t.equal(recent.recall(`one.${end}`), null)
})

t.test('half as many tokens as the cache holds all stay cached, if they are used in turn', async t => {
  const recent = createVerifiedTokenCache<number>(100)
  for (const index of numbers(50)) recent.keep(`token ${index}`, index)
  recent.keep('one more', -1)
  for (const _ of numbers(5)) {
    for (const index of numbers(50)) t.equal(recent.recall(`token ${index}`), index)
  }
})

t.test('a token that is used stays, however many others come, and one that is not goes', async t => {
  const recent = createVerifiedTokenCache<string>(10)
  recent.keep('used', 'here')
  recent.keep('unused', 'gone')
  for (const index of numbers(1000)) {
    recent.keep(`token ${index}`, '')
    if (index % 4 === 0) t.equal(recent.recall('used'), 'here')
  }
  t.equal(recent.recall('unused'), null)
})

t.test('there are never more than the maximum, and never more than 1,024 characters for each of it', async t => {
  const many = createVerifiedTokenCache<null>(10)
  for (const index of numbers(100)) {
    many.keep(`token ${index}`, null)
    t.ok(many.size <= 10)
  }
  t.equal(many.size, 10)
  const long = createVerifiedTokenCache<null>(100)
  for (const index of numbers(100)) {
    long.keep(`${index}`.padStart(4096, 'x'), null)
    t.ok(long.size <= 25)
  }
})

t.test('tokens of exactly 1,024 characters are remembered as many as short ones', async t => {
  const recent = createVerifiedTokenCache<null>(4)
  for (const index of numbers(3)) recent.keep(`${index}`.padStart(1024, 'x'), null)
  t.equal(recent.size, 3)
})

for (const maximum of [0, 1]) {
  t.test(`nothing is cached if the maximum is ${maximum}`, async t => {
    const recent = createVerifiedTokenCache<null>(maximum)
    recent.keep('token', null)
    t.equal(recent.recall('token'), null)
    t.equal(recent.size, 0)
  })
}

t.test('a token that was cut out of a long header keeps nothing of it in memory', async t => {
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')
  const heapMegabytes = () => {
    collectGarbage()
    return process.memoryUsage().heapUsed / 1e6
  }
  const recent = createVerifiedTokenCache<number>(100)
  const before = heapMegabytes()
  for (const index of numbers(50)) {
    const header = Buffer.alloc(1e6, `token ${index} `).toString()
    recent.keep(header.slice(0, 400), index)
    recent.recall(header.slice(0, 400))
  }
  t.ok(heapMegabytes() - before < 10)
  t.equal(recent.size, 50)
})
