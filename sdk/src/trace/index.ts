/** `@assay/sdk/trace`: runs with every word of them at hand, and proofs about single elements. */

export {
  type CheckProofParameters,
  checkProof,
  ProofError,
  type ProofErrorCode,
  type Verdict,
} from "./check.ts";
export { describeInWords, describeLeaf, type LeafDescription } from "./describe.ts";
export { elementSize, ModelRootMismatchError, proveElement, StepUnprovableError } from "./prove.ts";
export { type CommittedResult, differsInOutputOnly, reconstructTrace } from "./reconstruct.ts";
export type { TensorSource } from "./source.ts";
export { type Trace, traceOf } from "./trace.ts";
export { TraceTree } from "./tree.ts";
