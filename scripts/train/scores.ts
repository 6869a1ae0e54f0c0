/** Below this the result is less than 2^-144 and of no effect on a sum of single-precision probabilities. */
const EXP_LOWEST = -100;

const TAYLOR_TERMS = 14;

/**
 * e^x for x <= 0, from additions, multiplications and divisions only. `Math.exp` may differ in the last bit between
 * JavaScript engines, and one bit grows into another model over a training run.
 */
export function expOfNonPositive(x: number): number {
  if (x < EXP_LOWEST) return 0;
  const halvings = Math.floor(0.5 - x * Math.LOG2E);
  const rest = x + halvings * Math.LN2;
  let result = 1;
  for (let term = TAYLOR_TERMS; term > 0; term--) result = 1 + (rest / term) * result;
  for (let i = 0; i < halvings; i++) result *= 0.5;
  return result;
}

/**
 * The gradient of the cross-entropy loss with respect to the logits: softmax less the one-hot label.
 *
 * @param logits - one score per class.
 * @param label - the true class.
 * @param out - receives the gradient.
 */
export function crossEntropyGradient(logits: Float32Array, label: number, out: Float32Array): void {
  const greatest = logits.reduce((a, b) => (a > b ? a : b));
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    out[i] = expOfNonPositive(logits[i]! - greatest);
    sum += out[i]!;
  }
  for (let i = 0; i < logits.length; i++) out[i] = out[i]! / sum - (i === label ? 1 : 0);
}

/** The index of the greatest element, the lowest one on ties. */
export function indexOfGreatest(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i]! > values[best]!) best = i;
  }
  return best;
}
