import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readKeyPair } from '../tokens/key-pair.js'

interface KeyFile {
  readonly pem: string
  readonly id: string
}

async function readKeyFile(path: string): Promise<KeyFile> {
  try {
    const pem = await readFile(path, 'utf8')
    return { pem, id: readKeyPair(pem).id }
  } catch (cause) {
    const { message } = cause as Error
    const reason = cause instanceof TypeError ? message : `cannot be read: ${message}`
    throw new Error(`The file ${path} of JWT_PRIVATE_KEY_FILE ${reason}`, { cause })
  }
}

/**
 * Reads the PEM texts in the files of JWT_PRIVATE_KEY_FILE.
 * @throws {Error} A file is invalid. The message names the file and the problem, but does not repeat the content.
 */
export async function readKeyFiles(files: readonly string[], workingDirectory: string): Promise<string[]> {
  const keyFiles = await Promise.all(files.map(file => readKeyFile(resolve(workingDirectory, file))))
  if (new Set(keyFiles.map(({ id }) => id)).size < keyFiles.length)
    throw new Error('JWT_PRIVATE_KEY_FILE contains the same key twice')
  return keyFiles.map(({ pem }) => pem)
}
