const manifest = require('fast-auth/package.json')

const doors = Object.entries(manifest.exports).filter(([, target]) => target.endsWith('.js'))
// Node adds __esModule where there is a default export, for bundlers' sake.
const namesBehind = door => Object.keys(require(`fast-auth${door.slice(1)}`)).filter(name => name !== '__esModule')
const names = doors.map(([door]) => [door, namesBehind(door).sort()])
process.stdout.write(JSON.stringify(Object.fromEntries(names)))
