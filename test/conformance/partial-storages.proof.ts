import t from 'tap'
import { optionalFeatures } from '../../lib/conformance/optional-features.js'
import { otherSets, plainSets, testFeatures } from './fixtures/partial-suite.js'

t.equal(otherSets.length + plainSets.length, 2 ** optionalFeatures.length)

for (const features of otherSets) testFeatures(features)
