/**
 * Makes a port method from one synchronous step. The step must stay synchronous: it is atomic only because no other code
 * runs between its first line and its last.
 */
export type DefineMethod = <Request, Answer>(
  step: (request: Request) => Answer,
) => (request: Request) => Promise<Answer>
