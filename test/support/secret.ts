/** A secret for tests only. */
export const secret = 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8'
export const otherSecret = 'Zq3Ww6Ee9Rr2Tt5Yy8Uu1Ii4Oo7Pp0Aa'
/** No secret serves two purposes. */
export const pepper = 'Pe4Rr8Dd1Ss5Ff9Gg3Hh7Jj2Kk6Ll0Zx'
export const otherPepper = 'Nb3Vv7Cc1Xx5Zz9Mm2Aa6Ss0Dd4Ff8Gg'
export const introspectionSecret = 'Wq5Ee1Rr7Tt3Yy9Uu4Ii8Oo2Pp6Aa0Ss'
