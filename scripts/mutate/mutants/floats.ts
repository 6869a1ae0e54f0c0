import type { Mutant } from "../mutant.ts";

const packed = { file: "machine/PackedFloats.sol" } as const;

export const packedFloatMutants: readonly Mutant[] = [
  {
    ...packed,
    bugClass: "semantics",
    find: "if iszero(or(gt(place, MAX_PLACE), eq(start, F32_SIGN))) {",
    replace: "if iszero(gt(place, MAX_PLACE)) {",
  },
  {
    ...packed,
    bugClass: "boundary",
    find: "if lt(left, 8) {",
    replace: "if lt(left, 7) {",
  },
  {
    ...packed,
    bugClass: "semantics",
    find: "or(add(p, TO_INFINITY), add(q, TO_INFINITY)),",
    replace: "add(p, TO_INFINITY),",
  },
  {
    ...packed,
    bugClass: "semantics",
    find: "if and(or(excess, and(factors, not(p))), SIGNS) {",
    replace: "if and(excess, SIGNS) {",
  },
  {
    ...packed,
    bugClass: "semantics",
    find: "add(exponents, TO_MOST)\n",
    replace: "0\n",
  },
  {
    ...packed,
    bugClass: "semantics",
    find: "p := and(xor(x, y), SIGNS)",
    replace: "p := and(or(x, y), SIGNS)",
  },
  {
    ...packed,
    bugClass: "semantics",
    find: "let r := shr(24, add(add(product, 0x7fffff), and(shr(24, product), 1)))",
    replace: "let r := shr(24, add(product, 0x800000))",
  },
  {
    ...packed,
    bugClass: "semantics",
    find: "let n := sub(byte(3, x), isShort)",
    replace: "let n := byte(3, x)",
  },
  { ...packed, bugClass: "complement", find: "if gt(n, place) {", replace: "if lt(n, place) {" },
  {
    ...packed,
    bugClass: "semantics",
    find: "let v := shr(add(place, 23), xor(s, sar(255, s)))",
    replace: "let v := shr(add(place, 23), s)",
  },
  {
    ...packed,
    bugClass: "semantics",
    find: "place := mul(sub(place, n), and(gt(v, 0), gt(place, n)))",
    replace: "place := mul(sub(place, n), gt(v, 0))",
  },
  {
    ...packed,
    bugClass: "semantics",
    find: "sum := and(s, sub(0, shl(iszero(and(s, sub(unit, 1))), unit)))",
    replace: "sum := and(s, sub(0, unit))",
  },
  { ...packed, bugClass: "boundary", find: "if gt(done, count) {", replace: "if gt(done, 255) {" },
  {
    ...packed,
    bugClass: "semantics",
    find: "result := or(add(shl(23, place), shr(place, sum)), sign)",
    replace: "result := add(shl(23, place), shr(place, sum))",
  },
];
