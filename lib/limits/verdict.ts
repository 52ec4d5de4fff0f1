/** Whether an attempt is admitted. It is counted first, so that concurrent attempts cannot exceed the limit. */
export type Verdict =
  | {
      readonly isAdmitted: true
      /** Undoes the count. */
      takeBack(): Promise<unknown>
    }
  | { readonly isAdmitted: false; readonly waitMilliseconds: number }

export const admitted = { isAdmitted: true, takeBack: async () => undefined } as const satisfies Verdict
