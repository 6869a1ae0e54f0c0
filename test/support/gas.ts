/** The gas that a call gets which may use `gas`: just that, or any amount where the probes of `npm run coverage` cost gas as well. */
export function granted(gas: number): number {
  return process.env.ASSAY_COVERAGE === undefined ? gas : 2 ** 40;
}
