import t from 'tap'
import { optionalFeatures } from '../../lib/conformance/optional-features.js'
import { otherSets, plainSets, testFeatures } from './fixtures/partial-suite.js'

const { length: most } = optionalFeatures
t.equal(
  otherSets.length + plainSets.length,
  2 + 2 * most + (most * (most - 1)) / 2,
  'every pair of features is in a set',
)

for (const features of otherSets) testFeatures(features)
