/** A secret for tests only. */
export const secret = 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8'
export const otherSecret = 'Zq3Ww6Ee9Rr2Tt5Yy8Uu1Ii4Oo7Pp0Aa'
