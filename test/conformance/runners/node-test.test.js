import { test } from 'node:test'
import { storageConformance } from 'fast-auth/conformance'
import { createStorage, options } from './subject.js'

storageConformance(test, createStorage, options)
