import t from 'tap'
import { isOrigin, serialisedOrigin } from '../../lib/http/serialised-origin.js'

const origins: readonly (readonly [url: string, origin: string | null])[] = [
  ['https://app.example.com', 'https://app.example.com'],
  ['https://APP.example.com:443/deep/page?x#y', 'https://app.example.com'],
  ['http://app.example.com:8080/', 'http://app.example.com:8080'],
  ['http://[::1]:3000/', 'http://[::1]:3000'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ['capacitor://localhost', 'capacitor://localhost'],
  ['Ionic://LOCALHOST/index.html', 'ionic://localhost'],
  ['tauri://localhost:8100/', 'tauri://localhost:8100'],
  ['app://obsidian.md', 'app://obsidian.md'],
  [
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop/popup.html',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  ],
  ['moz-extension://0f1e2d3c-0000-4000-8000-000000000000/', 'moz-extension://0f1e2d3c-0000-4000-8000-000000000000'],
  ['file:///home/ada/index.html', null],
  ['file://server/share', null],
  ['data:text/html,hello', null],
  ['about:blank', null],
  ['javascript:void 0', null],
  ['blob:https://app.example.com/0f1e2d3c', null],
  ['ws://app.example.com', null],
  ['wss://app.example.com', null],
  ['ftp://app.example.com', null],
  ['capacitor:localhost', null],
  ['capacitor://', null],
  ['null', null],
  ['app.example.com', null],
  ['', null],
]

for (const [url, origin] of origins) {
  t.test(`${url === '' ? 'empty text' : url} has the origin ${origin}`, async t => {
    t.equal(serialisedOrigin(url), origin)
  })
}

t.test('an origin is a scheme, a host and a port, and nothing more', async t => {
  for (const text of [
    'https://app.example.com',
    'https://app.example.com:8443',
    'capacitor://localhost',
    'http://[::1]:80',
  ])
    t.ok(isOrigin(text), text)
  const more = ['/', '/path', '?x', '#x', ' ', '\n']
  for (const text of ['https://app.example.com', 'capacitor://localhost'])
    for (const end of more) t.notOk(isOrigin(text + end), text + end)
  for (const text of [
    'https://ada@x.example',
    'https://*.example.com',
    '*',
    'null',
    'file://x',
    '://x',
    'https://x:port',
  ])
    t.notOk(isOrigin(text), text)
})
