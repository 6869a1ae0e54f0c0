import type { Mutant } from "../mutant.ts";

const court = { file: "inference/InferenceCourt.sol" } as const;
const batch = { file: "inference/BatchBook.sol" } as const;

export const batchMutants: readonly Mutant[] = [
  {
    ...batch,
    bugClass: "binding",
    find: "require(computed == batch.root, HubBatchProofMismatch(computed, batch.root));",
    replace: "",
  },
  {
    ...batch,
    bugClass: "binding",
    find: "require(inclusion.proof.length == depth, HubBatchProofLengthMismatch(inclusion.proof.length, depth));",
    replace: "",
  },
  {
    ...batch,
    bugClass: "binding",
    find: "result.modelId == state.modelId && result.inputRoot == state.inputRoot,",
    replace: "result.modelId == state.modelId,",
  },
  {
    ...batch,
    bugClass: "binding",
    find: "require(batch.published, HubBatchNotPublished(batchId));",
    replace: "",
  },
  {
    ...batch,
    bugClass: "identity",
    find: "require(commitment.status == Status.None, HubBatchExists(batchId));",
    replace: "",
  },
  { ...batch, bugClass: "stake maths", find: "_vault.lock(operator, lock);", replace: "" },
  { ...batch, bugClass: "boundary", find: "count - 1 < maximum", replace: "count < maximum" },
  { ...batch, bugClass: "boundary", find: "count - 1 < maximum", replace: "count <= maximum" },
  { ...batch, bugClass: "boundary", find: "count - 1 < maximum", replace: "count - 2 < maximum" },
  {
    ...batch,
    bugClass: "binding",
    find: "log3(add(batch, 0x20), 0x80, topic, batchId, mload(batch))",
    replace: "log3(add(batch, 0x20), 0x80, topic, batchId, caller())",
  },
  {
    ...batch,
    bugClass: "stake maths",
    find: "if (lock != 0) _vault.unlock(batch.operator, lock);",
    replace: "",
  },
  {
    ...batch,
    bugClass: "cross credit",
    find: "        state.inBatch = true;",
    replace: "        state.inBatch = shape.stepDepth == 0;",
  },
  {
    ...court,
    bugClass: "binding",
    find: "require(inputRoot == state.inputRoot, HubInputMismatch(requestId, inputRoot, state.inputRoot));",
    replace: "",
  },
  {
    ...court,
    bugClass: "live parameter",
    find: "_requireWindow(requestId, commitment.committedAt.after_(Duration.wrap(state.windowSeconds)));",
    replace: "_requireWindow(requestId, commitment.windowEndsAt);",
  },
  { ...court, bugClass: "double pay", find: "state.inputDemanded = true;", replace: "" },
  { ...court, bugClass: "boundary", find: "commitment.windowEndsAt = windowEndsAt;", replace: "" },
  {
    ...court,
    bugClass: "binding",
    find: "require(!state.inputPublished, HubInputKnown(requestId));",
    replace: "",
  },
  {
    ...court,
    bugClass: "totality",
    find: "require(inputBytes <= maximum, HubInputTooLong(requestId, inputBytes, maximum));",
    replace: "",
  },
  {
    ...batch,
    bugClass: "boundary",
    find: "require(inclusion.index < batch.count, HubBatchIndexOutOfRange(inclusion.index, batch.count));",
    replace: "",
  },
  {
    ...batch,
    bugClass: "double pay",
    find: "if (state.inBatch) return resultId;",
    replace: "",
  },
  {
    ...batch,
    bugClass: "live parameter",
    find: "            commitment.committedAt >= state.commitment.committedAt,",
    replace: "            batch.count != 0,",
  },
  {
    ...batch,
    bugClass: "binding",
    find: "result.modelId == state.modelId && result.inputRoot == state.inputRoot,",
    replace: "result.inputRoot == state.inputRoot,",
  },
  {
    ...batch,
    bugClass: "binding",
    find: "request.inputRoot == result.inputRoot;",
    replace: "true;",
  },
  {
    ...batch,
    bugClass: "double pay",
    find: "_requireBatchStatus(batchId, commitment.status, Status.Committed);",
    replace: "",
  },
  {
    ...batch,
    bugClass: "phase",
    find: "if (status != Status.Final) _requireBatchStatus(batchId, status, Status.Committed);",
    replace: "",
  },
  {
    ...batch,
    bugClass: "phase",
    find: "_requireEnded(CommitmentId.wrap(BatchId.unwrap(batchId)), commitment);",
    replace: "",
  },
  {
    ...batch,
    bugClass: "access",
    find: "_requireActsFor(RequestId.wrap(0), operator);",
    replace: "",
  },
  {
    ...batch,
    bugClass: "cross credit",
    find: "resultId = BatchIds.resultId(batchId, inclusion.index);",
    replace: "resultId = BatchIds.resultId(batchId, 0);",
  },
  {
    ...batch,
    bugClass: "payee",
    find: "_release(batch.operator, commitment.lock, batch.profileId, status);",
    replace: "_release(batch.operator, commitment.lock, batch.profileId, Status.Final);",
  },
  {
    ...batch,
    bugClass: "totality",
    find: "if (shape.stepDepth == 0) state.traceRoot = result.outputRoot;",
    replace: "if (shape.stepDepth == 0) state.traceRoot = result.traceRoot;",
  },
];
