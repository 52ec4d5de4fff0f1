/** Whether something may happen now. It has been counted, so that of many at once not more may than the rule says. */
export type Verdict =
  | {
      readonly isAdmitted: true
      /** As if it had not been counted. */
      takeBack(): Promise<unknown>
    }
  | { readonly isAdmitted: false; readonly waitMilliseconds: number }

export const admitted = { isAdmitted: true, takeBack: async () => undefined } as const satisfies Verdict
