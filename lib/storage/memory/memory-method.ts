/**
 * Makes a method of the port from one synchronous step. The step must stay synchronous: that nothing else runs between
 * its first line and its last is all that makes it atomic.
 */
export type DefineMethod = <Request, Answer>(
  step: (request: Request) => Answer,
) => (request: Request) => Promise<Answer>
