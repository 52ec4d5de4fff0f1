import t from 'tap'
import { classifyTotpStep } from '../../lib/features/second-factor/classify-totp-step.js'
import type { TotpFactorRecord } from '../../lib/features/second-factor/port.js'

const factor: TotpFactorRecord = {
  id: 'own',
  userId: 'ada',
  sealedSecret: 'sealed',
  createdAt: 0,
  expiresAt: 1,
  confirmedAt: 1,
  lastStep: 7,
}

t.test('only a step after the last accepted one holds', async t => {
  for (const [step, finding] of [
    [0, 'spent'],
    [6, 'spent'],
    [7, 'spent'],
    [8, 'holds'],
    [1e9, 'holds'],
  ] as const)
    t.equal(classifyTotpStep(factor, { factorId: 'own', step }), finding, String(step))
})

t.test('every step holds for a factor of which none was accepted', async t => {
  t.equal(classifyTotpStep({ ...factor, lastStep: null }, { factorId: 'own', step: 0 }), 'holds')
})

t.test('a step of another factor, of one that is not confirmed, or of none is stale', async t => {
  const proof = { factorId: 'own', step: 8 }
  t.equal(classifyTotpStep(null, proof), 'stale')
  t.equal(classifyTotpStep({ ...factor, id: 'other' }, proof), 'stale')
  t.equal(classifyTotpStep({ ...factor, confirmedAt: null }, proof), 'stale')
})
