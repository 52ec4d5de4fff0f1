import t from 'tap'
import { allowedHashers, hasherOf, isHasherSetting } from '../../lib/hashing/hasher-setting.js'

const accepted: Readonly<Record<string, string>> = {
  bcrypt: 'bcrypt:12',
  'bcrypt:10': 'bcrypt:10',
  'bcrypt:16': 'bcrypt:16',
  argon2id: 'argon2id:m=19456,t=2,p=1',
  'argon2id:m=47104,t=1,p=1': 'argon2id:m=47104,t=1,p=1',
  'argon2id:m=12288,t=3,p=1': 'argon2id:m=12288,t=3,p=1',
  'argon2id:m=9216,t=4,p=1': 'argon2id:m=9216,t=4,p=1',
  'argon2id:m=7168,t=5,p=1': 'argon2id:m=7168,t=5,p=1',
  'argon2id:m=19456,t=12,p=1': 'argon2id:m=19456,t=12,p=1',
  'argon2id:m=1048576,t=4,p=16': 'argon2id:m=1048576,t=4,p=16',
  scrypt: 'scrypt:ln=17,r=8,p=1',
  'scrypt:ln=16,r=8,p=2': 'scrypt:ln=16,r=8,p=2',
  'scrypt:ln=15,r=8,p=3': 'scrypt:ln=15,r=8,p=3',
  'scrypt:ln=14,r=8,p=5': 'scrypt:ln=14,r=8,p=5',
  'scrypt:ln=13,r=8,p=10': 'scrypt:ln=13,r=8,p=10',
  'scrypt:ln=16,r=16,p=2': 'scrypt:ln=16,r=16,p=2',
  'scrypt:ln=20,r=8,p=4': 'scrypt:ln=20,r=8,p=4',
}

for (const [setting, meaning] of Object.entries(accepted)) {
  t.test(`${setting} is ${meaning}`, async t => {
    t.equal(isHasherSetting(setting), true)
    const hasher = hasherOf(setting)
    t.equal(hasher.setting, meaning)
    t.ok(hasher.identifies(hasher.decoy), 'what is made can be verified')
  })
}

const refused = [
  ...[
    '',
    'md5',
    'Bcrypt',
    'bcrypt ',
    ' bcrypt',
    'bcrypt\n',
    ' argon2id',
    ' scrypt',
    'pbkdf2',
    'bcrypt-sha256',
    'bcrypt:',
    'argon2id:',
    'scrypt:',
  ],
  ...['bcrypt:9', 'bcrypt:17', 'bcrypt:4', 'bcrypt:012', 'bcrypt:12.5', 'bcrypt:r=12', 'bcrypt:31'],
  ...['argon2id:m=19455,t=2,p=1', 'argon2id:m=47103,t=1,p=1', 'argon2id:m=7167,t=99,p=1', 'argon2id:m=19456,t=2'],
  ...[
    'argon2id:m=1048577,t=2,p=1',
    'argon2id:m=1048576,t=5,p=1',
    'argon2id:m=65536,t=2,p=17',
    'argon2id:m=65536,t=2,p=0',
  ],
  ...['argon2id:t=2,m=19456,p=1', 'argon2id:m=019456,t=2,p=1', 'argon2id:m=4194304,t=2,p=1', 'argon2i:m=19456,t=2,p=1'],
  ...[
    'scrypt:ln=16,r=8,p=1',
    'scrypt:ln=15,r=8,p=2',
    'scrypt:ln=14,r=8,p=4',
    'scrypt:ln=13,r=8,p=9',
    'scrypt:ln=12,r=8,p=20',
  ],
  ...[
    'scrypt:ln=17,r=7,p=1',
    'scrypt:ln=21,r=8,p=1',
    'scrypt:ln=20,r=8,p=5',
    'scrypt:ln=30,r=8,p=1',
    'scrypt:17',
    'scrypt:ln=17',
  ],
]

for (const setting of refused) {
  t.test(`${JSON.stringify(setting)} is refused`, async t => {
    t.equal(isHasherSetting(setting), false)
    t.throws(() => hasherOf(setting), new RangeError(`The password hasher must be ${allowedHashers}`))
  })
}

t.test('the sentence of the refusal names settings that are taken', async t => {
  const named = allowedHashers.match(/\w+:[\w=,]*\w/g) ?? []
  t.equal(named.length, 4)
  for (const setting of [...named, 'bcrypt', 'argon2id', 'scrypt']) {
    t.ok(allowedHashers.includes(setting))
    t.equal(isHasherSetting(setting), true, setting)
  }
  t.match(allowedHashers, /^bcrypt, argon2id or scrypt, or one of them with a cost/)
})
