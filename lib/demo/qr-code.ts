import { encode } from 'uqr'

const namespace = 'http://www.w3.org/2000/svg'

/** The empty squares around a QR code that readers need (ISO/IEC 18004). */
const border = 4

/** Draws a QR code in the page. The text goes to no server. */
export function qrCode(text: string, label: string): SVGSVGElement {
  const { data: rows, size } = encode(text, { ecc: 'M', border })
  const squares = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  const path = document.createElementNS(namespace, 'path')
  path.setAttribute('d', squares.join(''))
  const drawing = document.createElementNS(namespace, 'svg')
  drawing.setAttribute('viewBox', `0 0 ${size} ${size}`)
  drawing.setAttribute('class', 'qr')
  // Without this, browsers draw faint lines between the squares.
  drawing.setAttribute('shape-rendering', 'crispEdges')
  drawing.setAttribute('role', 'img')
  drawing.setAttribute('aria-label', label)
  drawing.append(path)
  return drawing
}
