import { createRequire } from 'node:module'
import { join } from 'node:path'
import t from 'tap'
import { loadNodemailer } from '../../lib/mail/senders/load-nodemailer.js'

t.test('nodemailer is found where it is installed', async t => {
  t.type(loadNodemailer().createTransport, 'function')
})

t.test('if nodemailer is missing, a sentence says how to install it', async t => {
  const elsewhere = createRequire(join('/', 'nowhere', 'index.js'))
  t.throws(() => loadNodemailer(elsewhere), {
    message: /npm install nodemailer$/,
    cause: { code: 'MODULE_NOT_FOUND' },
  })
})
