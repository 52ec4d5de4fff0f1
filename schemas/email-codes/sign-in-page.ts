import { pageSchema } from '../email/email-pages.js'

/** The schema of the page that a sign-in link opens. */
export const signInPage = pageSchema('signInPage', 'The page that a sign-in link opens')
