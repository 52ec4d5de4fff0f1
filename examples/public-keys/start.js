// Runs one service with accounts, and another that verifies their tokens with public keys. The other has no secret and no database.
// Run it: npm run build && AUTH_SECRET=$(npx fast-auth secret) node examples/public-keys/start.js
import { startAccounts } from './accounts.js'
import { startReports } from './reports.js'

const accountsUrl = await startAccounts()
const reportsUrl = await startReports({ accountsUrl, port: Number(process.env.PORT ?? 3000) })

process.stdout.write(`Accounts at ${accountsUrl}\nListening on ${reportsUrl}\n`)
