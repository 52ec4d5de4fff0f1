/** Asks again and again until the answer is yes, and answers with how many seconds it took. Rejects after five. */
export async function soon(isSo: () => Promise<boolean> | boolean): Promise<number> {
  const begin = performance.now()
  while (!(await isSo())) {
    if (performance.now() - begin > 5_000) throw new Error('It was not so within 5 s')
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  return (performance.now() - begin) / 1000
}
