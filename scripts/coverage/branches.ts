import { createRequire } from "node:module";
import { dirname, relative } from "node:path/posix";
import { lineOf, type SourceFile } from "../check/check.ts";

const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };

/** A condition of a contract, which some test should find true, and some false. */
export type Condition = {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly kind: "if" | "?:" | "require" | "&&" | "||";
};

/** Contracts that report what their conditions are. */
export type Probed = { readonly files: readonly SourceFile[]; readonly conditions: readonly Condition[] };

type Node = Readonly<Record<string, unknown>> & { readonly nodeType?: string; readonly src?: string };

/** Where the contract lies that reports. */
const PROBE_PATH = "contracts/BranchProbe.sol";
/** The first half of what it reports, so that no tag of a statement is meant. */
const PREFIX = "a55a".repeat(12);

/**
 * Makes every condition report whether it is true, by the very call by which Hardhat's coverage reports statements. Lines stay where they are.
 *
 * Conditions in assembly are left alone: a function that is pure cannot report from there.
 */
export function probe(files: readonly SourceFile[]): Probed {
  const asts = parse(files);
  const conditions: Condition[] = [];
  const probed = files.map(({ path, text }) => {
    const bytes = Buffer.from(text);
    const inserts: { at: number; text: string; isClosing: boolean }[] = [];
    for (const { kind, node } of conditionsOf(asts.get(path) as Node)) {
      const [start = 0, length = 0] = (node.src ?? "").split(":").map(Number);
      const what = bytes.subarray(start, start + length).toString();
      inserts.push({ at: start, text: `BranchProbe.at(${conditions.length}, `, isClosing: false });
      inserts.push({ at: start + length, text: ")", isClosing: true });
      conditions.push({
        file: path,
        line: lineOf(text, bytes.subarray(0, start).toString().length),
        text: what.replaceAll(/\s+/g, " "),
        kind,
      });
    }
    if (inserts.length === 0) return { path, text: roomy(text) };
    const from = relative(dirname(path), PROBE_PATH);
    const pragma = /pragma solidity [^;]+;/.exec(text) as RegExpExecArray;
    inserts.push({
      at: Buffer.from(text.slice(0, pragma.index + pragma[0].length)).length,
      text: ` import {BranchProbe} from "${from.startsWith(".") ? from : `./${from}`}";`,
      isClosing: false,
    });
    return { path, text: roomy(inserted(bytes, inserts)) };
  });
  return { files: [...probed, { path: PROBE_PATH, text: PROBE }], conditions };
}

/** What a condition reports: a tag among those that Hardhat's coverage collects. */
export function tagOf(index: number, isTrue: boolean): string {
  return PREFIX + (2 * index + (isTrue ? 1 : 0)).toString(16).padStart(64 - PREFIX.length, "0");
}

/** A report is written to the first unallocated word, where assembly may be at work: it gets the words behind that one. */
function roomy(text: string): string {
  return text.replaceAll("mload(0x40)", "add(mload(0x40), 0x20)");
}

function inserted(
  bytes: Buffer,
  inserts: readonly { at: number; text: string; isClosing: boolean }[],
): string {
  // Where one condition ends and another begins, the first is closed first; where two begin, the outer one, which came first, is opened first.
  const order = inserts.map((insert, i) => ({ ...insert, i }));
  order.sort((a, b) => a.at - b.at || Number(b.isClosing) - Number(a.isClosing) || a.i - b.i);
  const parts: string[] = [];
  let end = 0;
  for (const { at, text } of order) {
    parts.push(bytes.subarray(end, at).toString(), text);
    end = at;
  }
  return parts.join("") + bytes.subarray(end).toString();
}

function parse(files: readonly SourceFile[]): ReadonlyMap<string, Node> {
  const sources = Object.fromEntries(files.map(({ path, text }) => [path, { content: text }]));
  const settings = { stopAfter: "parsing", outputSelection: { "*": { "": ["ast"] } } };
  const output = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings }))) as {
    readonly sources: Readonly<Record<string, { readonly ast: Node }>>;
  };
  return new Map(Object.entries(output.sources).map(([path, { ast }]) => [path, ast]));
}

/** From the outermost inwards, and from left to right. */
function* conditionsOf(node: Node): Generator<{ readonly kind: Condition["kind"]; readonly node: Node }> {
  const { nodeType } = node;
  // The value of a constant has no place to report from.
  if (nodeType === "InlineAssembly" || (nodeType === "VariableDeclaration" && node.constant === true)) return;
  if (nodeType === "IfStatement") yield { kind: "if", node: node.condition as Node };
  if (nodeType === "Conditional") yield { kind: "?:", node: node.condition as Node };
  if (nodeType === "BinaryOperation" && (node.operator === "&&" || node.operator === "||"))
    yield { kind: node.operator, node: node.leftExpression as Node };
  const [argument] = nodeType === "FunctionCall" ? (node.arguments as readonly Node[]) : [];
  if (argument !== undefined && (node.expression as Node).name === "require")
    yield { kind: "require", node: argument };
  for (const child of Object.values(node)) {
    for (const one of Array.isArray(child) ? child : [child]) {
      if (typeof one === "object" && one !== null) yield* conditionsOf(one as Node);
    }
  }
}

const PROBE = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

library BranchProbe {
    function at(uint256 index, bool condition) internal pure returns (bool) {
        _pure(_report)(2 * index + (condition ? 1 : 0));
        return condition;
    }

    function _report(uint256 tag) private view {
        assembly ("memory-safe") {
            let place := mload(0x40)
            mstore(place, or(tag, shl(64, 0x${PREFIX})))
            pop(staticcall(gas(), 0xc0bEc0BEc0BeC0bEC0beC0bEC0bEC0beC0beC0BE, place, 32, 0, 0))
        }
    }

    function _pure(function(uint256) internal view report) private pure returns (function(uint256) pure cast) {
        assembly {
            cast := report
        }
    }
}
`;
