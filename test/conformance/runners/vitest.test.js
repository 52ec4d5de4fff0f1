import { storageConformance } from 'fast-auth/conformance'
import { test } from 'vitest'
import { createStorage, options } from './subject.js'

storageConformance(test, createStorage, options)
