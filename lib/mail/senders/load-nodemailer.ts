import { createRequire } from 'node:module'

/**
 * Loads the optional package `nodemailer` synchronously, so that the boot fails if it is missing.
 * @param require Resolves the package. Default: the `require` of this file.
 * @throws {Error} The package is not installed; the message has the command that installs it.
 */
export function loadNodemailer(require: NodeJS.Require = createRequire(import.meta.url)): typeof import('nodemailer') {
  try {
    return require('nodemailer')
  } catch (cause) {
    throw new Error('To send e-mail, the package nodemailer is needed. Install it: npm install nodemailer', { cause })
  }
}
