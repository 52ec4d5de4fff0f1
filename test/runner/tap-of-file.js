import { parentTest } from './file-under-test.js'

/** Replaces `tap` for one file of a group. The URL has a query, so each file evaluates this module again. */
export default parentTest()
