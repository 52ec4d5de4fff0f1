import { createRequire } from 'node:module'

/**
 * The package `nodemailer`, which only those need who send with it. Loaded at once, so that its absence stops the boot.
 * @param require Where the package is looked for: from here, unless told otherwise.
 * @throws {Error} A sentence on how to install it.
 */
export function loadNodemailer(require: NodeJS.Require = createRequire(import.meta.url)): typeof import('nodemailer') {
  try {
    return require('nodemailer')
  } catch (cause) {
    throw new Error('To send e-mail, the package nodemailer is needed. Install it: npm install nodemailer', { cause })
  }
}
