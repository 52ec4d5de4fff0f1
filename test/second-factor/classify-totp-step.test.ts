import t from 'tap'
import { classifyTotpStep, type TotpFactorRecord } from '../../lib/composition/storage.js'

const factor: TotpFactorRecord = {
  id: 'app',
  userId: 'ada',
  sealedSecret: 'sealed',
  createdAt: 1,
  expiresAt: 2,
  confirmedAt: 1,
  lastStep: 60_000_000,
}

t.test('only a step later than the last one holds', async t => {
  for (const [step, finding] of [
    [60_000_001, 'holds'],
    [60_000_000, 'spent'],
    [59_999_999, 'spent'],
  ] as const)
    t.equal(classifyTotpStep(factor, { factorId: 'app', step }), finding, String(step))
})

t.test('every step of an app that has accepted none holds', async t => {
  t.equal(classifyTotpStep({ ...factor, lastStep: null }, { factorId: 'app', step: 0 }), 'holds')
})

t.test('a step of no app, of another app or of an app that is not confirmed is stale', async t => {
  const step = 60_000_001
  t.equal(classifyTotpStep(null, { factorId: 'app', step }), 'stale')
  t.equal(classifyTotpStep(factor, { factorId: 'another', step }), 'stale')
  t.equal(classifyTotpStep({ ...factor, confirmedAt: null, lastStep: null }, { factorId: 'app', step }), 'stale')
})
