import { join } from 'node:path'
import t from 'tap'
import { readKeyFiles } from '../../lib/cli/read-key-files.js'
import { keyPairs } from '../support/key-pairs.js'

const { EdDSA, ES256 } = keyPairs

t.test('the files are read in their order, from the working directory', async t => {
  const folder = t.testdir({ 'new.pem': EdDSA.privateKey, keys: { 'old.pem': ES256.publicKey } })
  t.same(await readKeyFiles(['keys/old.pem', join(folder, 'new.pem')], folder), [ES256.publicKey, EdDSA.privateKey])
  t.same(await readKeyFiles([], folder), [])
})

t.test('a file that is not there, or holds no key, is named', async t => {
  const folder = t.testdir({ 'secret.txt': 'correct horse battery staple' })
  await t.rejects(readKeyFiles(['key.pem'], folder), {
    message: /^The file \S+key\.pem of JWT_PRIVATE_KEY_FILE cannot be read: ENOENT/,
  })
  await t.rejects(readKeyFiles(['secret.txt'], folder), {
    message: `The file ${join(folder, 'secret.txt')} of JWT_PRIVATE_KEY_FILE must be an Ed25519, P-256 or RSA key in PEM, and cannot be read`,
  })
})

t.test('both halves of one key are one key', async t => {
  const folder = t.testdir({ 'key.pem': EdDSA.privateKey, 'key.pem.pub': EdDSA.publicKey })
  await t.rejects(readKeyFiles(['key.pem', 'key.pem.pub'], folder), {
    message: 'JWT_PRIVATE_KEY_FILE contains the same key twice',
  })
})
