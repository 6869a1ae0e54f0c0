import type { Mutant } from "../mutant.ts";

const referee = { file: "machine/Referee.sol" } as const;
const openings = { file: "machine/Openings.sol" } as const;
const reader = { file: "machine/ProofReader.sol" } as const;
const loader = { file: "machine/OperandLoader.sol" } as const;
const reach = { file: "machine/OperandReach.sol" } as const;
const walk = { file: "machine/Walk.sol" } as const;
const bytes = { file: "machine/ByteProduct.sol" } as const;
const evaluator = { file: "machine/StepEvaluator.sol" } as const;
const float = { file: "machine/Float32.sol" } as const;
const order = { file: "machine/Float32Order.sol" } as const;
const convert = { file: "machine/Float32Convert.sol" } as const;
const integer = { file: "machine/Integer32.sol" } as const;
const tree = { file: "libraries/WordTree.sol" } as const;
const binding = { file: "libraries/OutputBinding.sol" } as const;
const record = { file: "types/ModelRecord.sol" } as const;
const time = { file: "types/Time.sol" } as const;

export const machineMutants: readonly Mutant[] = [
  // What a proof has to show
  {
    ...referee,
    bugClass: "binding",
    find: "require(root == record.programRoot, RefereeProgramMismatch(root, record.programRoot));",
    replace: "",
  },
  { ...referee, bugClass: "binding", find: "reader.close();", replace: "" },
  {
    ...referee,
    bugClass: "totality",
    find: "if (step >= record.stepCount) return (0, DEFAULT_SIZE);",
    replace: "",
  },
  {
    ...referee,
    bugClass: "boundary",
    find: "if (byteOffset / size < decoded.elements)",
    replace: "if (byteOffset / size <= decoded.elements)",
  },
  {
    ...referee,
    bugClass: "totality",
    find: "if (!decoded.isValid) return (0, DEFAULT_SIZE);",
    replace: "",
  },
  {
    ...openings,
    bugClass: "binding",
    find: "require(actual == root, OpeningRootMismatch(actual, root));",
    replace: "",
  },
  {
    ...openings,
    bugClass: "binding",
    find: "require(i == 0 || first > previousEnd, OpeningRunsNotAscending(first, previousEnd));",
    replace: "",
  },
  {
    ...openings,
    bugClass: "boundary",
    find: "require(i == 0 || first > previousEnd, OpeningRunsNotAscending(first, previousEnd));",
    replace: "require(i == 0 || first >= previousEnd, OpeningRunsNotAscending(first, previousEnd));",
  },
  {
    ...openings,
    bugClass: "tree maths",
    find: "require(end >> depth == 0 || end == 1 << depth, OpeningRunOutOfRange(end, depth));",
    replace: "",
  },
  {
    ...openings,
    bugClass: "totality",
    find: "require(count != 0, OpeningRunEmpty(first));",
    replace: "",
  },
  {
    ...openings,
    bugClass: "tree maths",
    find: "end := shr(1, add(end, 1))\n                // A run",
    replace: "end := shr(1, end)\n                // A run",
  },
  {
    ...openings,
    bugClass: "tree maths",
    find: "if and(start, 1) {\n                    mstore(0x00",
    replace: "if iszero(and(start, 1)) {\n                    mstore(0x00",
  },
  {
    ...openings,
    bugClass: "tree maths",
    find: "if and(start, 1) {\n                    source",
    replace: "if iszero(and(start, 1)) {\n                    source",
  },
  {
    ...openings,
    bugClass: "tree maths",
    find: "if and(end, 1) {",
    replace: "if and(sub(end, start), 1) {",
  },
  {
    ...openings,
    bugClass: "tree maths",
    find: "result := lt(sub(sought, first), sub(and(shr(64, run), 0xffffffffffffffff), first))",
    replace: "result := lt(sub(sought, first), sub(and(shr(64, run), 0xffffffffffffffff), sub(first, 1)))",
  },
  {
    ...reader,
    bugClass: "totality",
    find: "offset + size <= self.end,",
    replace: "offset <= self.end,",
  },
  {
    ...reader,
    bugClass: "binding",
    find: "self.position == self.end,",
    replace: "self.position <= self.end,",
  },
  // What a step means
  {
    ...loader,
    bugClass: "semantics",
    find: "if (high != count) Columns.fill(target + 32 * high, 32 * (count - high), self.pad);",
    replace: "",
  },
  {
    ...reach,
    bugClass: "totality",
    find: "if (self.origin + ((place + count - 1) >> lanes) >= uint64(run >> 64)) return 0;",
    replace: "",
  },
  {
    ...reach,
    bugClass: "boundary",
    find: "if (value < 0 || value >= bound) return (0, 0);",
    replace: "if (value < 0 || value > bound) return (0, 0);",
  },
  {
    ...reach,
    bugClass: "boundary",
    find: "behind = value < 0 ? int256(0) : value / -step + 1;",
    replace: "behind = value < 0 ? int256(0) : value / -step;",
  },
  {
    ...evaluator,
    bugClass: "semantics",
    find: "if (step.elementSize == 1) result &= 0xff;",
    replace: "",
  },
  {
    ...evaluator,
    bugClass: "semantics",
    find: "step.init < first ? registers.start + 32 * step.init : registers.zeros",
    replace: "registers.zeros",
  },
  {
    ...walk,
    bugClass: "semantics",
    find: "if (self.remaining == 0) return;",
    replace: "",
  },
  {
    ...bytes,
    bugClass: "semantics",
    find: "? (SIGNS, factor.zero + 128)",
    replace: "? (SIGNS, factor.zero)",
  },
  {
    ...bytes,
    bugClass: "semantics",
    find: "if (operand.guards != 0 || !_isConstant(operand.form, formStride)) return false;",
    replace: "if (operand.guards != 0) return false;",
  },
  {
    ...bytes,
    bugClass: "semantics",
    find: "if (i == a.zeroRegister || i == b.zeroRegister) return false;",
    replace: "",
  },
  {
    ...bytes,
    bugClass: "boundary",
    find: "if (place >= step.bodyTape.length) return false;",
    replace: "if (place > step.bodyTape.length) return false;",
  },
  {
    ...bytes,
    bugClass: "boundary",
    find: "if (first >= behind) first = high;",
    replace: "",
  },
  {
    file: "machine/PackedBytes.sol",
    bugClass: "semantics",
    find: "x := shl(n, shr(n, x))",
    replace: "",
  },
  {
    ...bytes,
    bugClass: "totality",
    find: "factor.end = end < factor.behind ? end : factor.behind;",
    replace: "factor.end = factor.behind;",
  },
  {
    ...float,
    bugClass: "semantics",
    find: "if or(gt(z, F32_INFINITY), eq(xor(x, y), F32_SIGN)) {",
    replace: "if gt(z, F32_INFINITY) {",
  },
  { ...float, bugClass: "semantics", find: "if gt(d, 26) {", replace: "if gt(d, 23) {" },
  {
    ...float,
    bugClass: "semantics",
    find: "shr(n, add(add(p, sub(shl(carry, 0x400000), 1)), and(shr(n, p), 1)))",
    replace: "shr(n, add(p, shl(carry, 0x400000)))",
  },
  { ...float, bugClass: "semantics", find: "q := or(q, gt(mod(x, y), 0))", replace: "" },
  {
    ...float,
    bugClass: "semantics",
    find: "root := or(root, lt(mul(root, root), s))",
    replace: "",
  },
  {
    ...order,
    bugClass: "semantics",
    find: "let x := and(xor(mload(add(a, target)), F32_SIGN), or(F32_MAGNITUDE, shl(31, negative)))\n                if gt(and(x, F32_MAGNITUDE), F32_INFINITY) {",
    replace:
      "let x := and(xor(mload(add(a, target)), F32_SIGN), or(F32_MAGNITUDE, shl(31, negative)))\n                if gt(x, not(0)) {",
  },
  { ...order, bugClass: "semantics", find: "if xor(gt(u, v), larger) {", replace: "if gt(u, v) {" },
  {
    ...convert,
    bugClass: "boundary",
    find: "if or(and(up, gt(m, 0)), and(iszero(mode), gt(m, 0x3f000000))) {",
    replace: "if or(and(up, gt(m, 0)), and(iszero(mode), gt(m, 0x3effffff))) {",
  },
  {
    ...convert,
    bugClass: "boundary",
    find: "let most := add(0x7fffffff, sign)",
    replace: "let most := 0x7fffffff",
  },
  {
    ...integer,
    bugClass: "semantics",
    find: "and(sub(mload(add(a, target)), mload(add(b, target))), 0xffffffff)",
    replace: "and(sub(mload(add(b, target)), mload(add(a, target))), 0xffffffff)",
  },
  // Trees
  {
    ...tree,
    bugClass: "tree maths",
    find: "require(index >> siblings.length == 0, WordTreeIndexOutOfRange(index, siblings.length));",
    replace: "",
  },
  {
    ...tree,
    bugClass: "tree maths",
    find: "let side := shl(5, and(index, 1))",
    replace: "let side := shl(5, iszero(and(index, 1)))",
  },
  { ...tree, bugClass: "tree maths", find: "index := shr(1, index)", replace: "" },
  {
    ...tree,
    bugClass: "totality",
    find: "require(data.length <= maximum, WordTreeDataTooLong(data.length, maximum));",
    replace: "",
  },
  {
    ...tree,
    bugClass: "binding",
    find: "mstore(add(words, shl(5, sub(add(count, iszero(count)), 1))), 0)",
    replace: "",
  },
  {
    ...tree,
    bugClass: "tree maths",
    find: "                if and(count, 1) {\n                    mstore(end, zero)",
    replace: "                if and(count, 1) {\n                    mstore(end, mload(sub(end, 32)))",
  },
  {
    ...binding,
    bugClass: "binding",
    find: "require(proof.length == stepDepth, OutputProofLengthMismatch(proof.length, stepDepth));",
    replace: "",
  },
  {
    ...binding,
    bugClass: "tree maths",
    find: "WordTree.rootFrom(outputRoot, stepCount - 1, proof);",
    replace: "WordTree.rootFrom(outputRoot, 0, proof);",
  },
  // Records and times
  {
    ...record,
    bugClass: "identity",
    find: "                        record.stepCount,\n                        record.inputBytes,\n                        record.outputBytes",
    replace: "                        record.inputBytes,\n                        record.outputBytes",
  },
  {
    ...record,
    bugClass: "boundary",
    find: "require(depth <= MAX_TRACE_DEPTH, ModelTraceDepthTooLarge(depth, MAX_TRACE_DEPTH));",
    replace: "",
  },
  {
    ...record,
    bugClass: "boundary",
    find: "record.stepCount >= 1 && record.stepCount <= maxSteps,",
    replace: "record.stepCount <= maxSteps,",
  },
  {
    ...time,
    bugClass: "boundary",
    find: "return Instant.unwrap(a) < Instant.unwrap(b);",
    replace: "return Instant.unwrap(a) <= Instant.unwrap(b);",
  },
  {
    ...time,
    bugClass: "boundary",
    find: "return Instant.unwrap(a) >= Instant.unwrap(b);",
    replace: "return Instant.unwrap(a) > Instant.unwrap(b);",
  },
  {
    ...time,
    bugClass: "totality",
    find: "return to <= from ? Duration.wrap(0) : saturated(to - from);",
    replace: "return saturated(to - from);",
  },
  {
    ...time,
    bugClass: "totality",
    find: "return saturated(uint256(Duration.unwrap(a)) + Duration.unwrap(b));",
    replace: "return Duration.wrap(Duration.unwrap(a) + Duration.unwrap(b));",
  },
];
