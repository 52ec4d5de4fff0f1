import { storageConformance } from 'fast-auth/conformance'
import { test } from 'tap'
import { createStorage, options } from './subject.js'

storageConformance(test, createStorage, options)
