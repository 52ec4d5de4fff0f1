import { pageSchema } from '../email/email-pages.js'

/** The schema of the page that the link of an invitation opens. */
export const invitationPage = pageSchema('invitationPage', 'The page that the link of an invitation opens')
