import { expect } from "chai";
import { network } from "hardhat";
import { concatBytes, type Hex } from "../../sdk/src/core/bytes.ts";
import { AssayError } from "../../sdk/src/core/errors.ts";
import { openWords, readOpening } from "../../sdk/src/core/opening.ts";
import { WordTree } from "../../sdk/src/core/tree.ts";
import { checkProof } from "../../sdk/src/trace/check.ts";
import { mutated } from "../support/mutations.ts";
import { createRandom, type Random } from "../support/random.ts";
import { randomSteps, type StepCase } from "../support/random-steps.ts";
import { type RefereeCall, refereeCall } from "../support/referee-calls.ts";
import { printedSeed } from "../support/seed.ts";

const ROUNDS = Number(process.env.ASSAY_PROOFS ?? 400);
/** Changed proofs of each step. */
const CHANGES = 5;

/** What the contract reverts with, by what the check in TypeScript says. */
const REFUSALS: Readonly<Record<string, readonly string[]>> = {
  PROOF_MALFORMED: [
    ...["ProofTruncated", "ProofTooLong"],
    ...["OpeningRunEmpty", "OpeningRunsNotAscending", "OpeningRunOutOfRange"],
  ],
  PROOF_ROOT_MISMATCH: ["RefereeProgramMismatch", "OpeningRootMismatch"],
  PROOF_WORD_MISSING: ["OperandWordMissing"],
};

const { ethers } = await network.create();
const referee = await ethers.deployContract("Referee");

/** The element, or the name of the revert. */
async function contractSays(call: RefereeCall): Promise<string> {
  try {
    const { value, size } = await referee.execute(...call);
    return `${value}, ${size}`;
  } catch (error) {
    const { data } = error as { readonly data?: string };
    const refusal = data === undefined ? null : referee.interface.parseError(data);
    if (refusal === null) throw error;
    return refusal.name;
  }
}

/** The element, or the error's code. */
function checkSays([record, inputRoot, traceRoot, step, byteOffset, proof]: RefereeCall): string {
  try {
    const { value, size } = checkProof({ record, inputRoot, traceRoot, step, byteOffset, proof });
    return `${value}, ${size}`;
  } catch (error) {
    if (AssayError.is(error)) return error.code;
    throw error;
  }
}

type Change = (random: Random, call: RefereeCall, stepCase: StepCase) => RefereeCall;

function withProof(call: RefereeCall, proof: Uint8Array): RefereeCall {
  return call.with(5, proof) as unknown as RefereeCall;
}

/** Opens other words of the input or of the constants, and more of them or fewer. */
function reopened(random: Random, call: RefereeCall, { encoding, memory }: StepCase): RefereeCall {
  const [record, , , , , proof] = call;
  const start = 2 + encoding.length + 32 * record.stepDepth;
  const input = readOpening(proof, start, record.inputDepth)!;
  const constants = readOpening(proof, input.end, record.constantsDepth)!;
  const isInput = random.chance(0.5);
  const [opening, bytes, depth] = isInput
    ? ([input, memory.input, record.inputDepth] as const)
    : ([constants, memory.constants, record.constantsDepth] as const);
  const words = [...opening.words.keys()].filter(() => random.chance(0.9));
  while (random.chance(0.5)) words.push(random.integer(0, 2 ** Math.min(depth, 6) - 1));
  const changed = openWords(new WordTree(bytes.subarray(0, 32 * 2 ** depth), depth), words);
  const [from, to] = isInput ? [start, input.end] : [input.end, constants.end];
  return withProof(call, concatBytes(proof.subarray(0, from), changed, proof.subarray(to)));
}

const CHANGE: readonly Change[] = [
  (random, call) => withProof(call, mutated(call[5], random)),
  (random, call) => {
    // A single byte, most often in the heads, which are few.
    const proof = call[5];
    const at = random.integer(0, random.chance(0.5) ? Math.min(200, proof.length - 1) : proof.length - 1);
    return withProof(call, proof.with(at, proof[at]! ^ (1 << random.integer(0, 7))));
  },
  reopened,
  reopened,
  (random, call) => call.with(4, random.integer(0, 2 * call[4] + 8)) as unknown as RefereeCall,
  (random, call) => call.with(3, random.integer(0, 2 ** call[0].stepDepth)) as unknown as RefereeCall,
  (random, call) => call.with(random.integer(1, 2), `0x${"07".repeat(32)}` as Hex) as unknown as RefereeCall,
];

describe("proofs in Solidity and TypeScript", () => {
  it(`behavior: ${(CHANGES * ROUNDS).toLocaleString("en")} changed proofs are accepted by both or by none`, async () => {
    const seed = printedSeed("changed proofs");
    const random = createRandom(seed);
    const cases = randomSteps(seed);
    const outcomes = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const stepCase = cases.next().value;
      const { call } = refereeCall(stepCase);
      const truth = await contractSays(call);
      expect(truth, `round ${round}`).to.equal(checkSays(call));
      for (let i = 0; i < CHANGES; i++) {
        const change = random.integer(0, CHANGE.length - 1);
        const changed = CHANGE[change]!(random, call, stepCase);
        const expected = checkSays(changed);
        const actual = await contractSays(changed);
        expect(REFUSALS[expected] ?? [expected], `round ${round}, change ${i}, kind ${change}`).to.include(
          actual,
        );
        outcomes.set(actual, (outcomes.get(actual) ?? 0) + 1);
        // Whatever the proof: the same question has no second answer.
        const isSameQuestion = changed[3] === call[3] && changed[4] === call[4];
        if (isSameQuestion && !(expected in REFUSALS)) expect(actual, `round ${round}`).to.equal(truth);
      }
    }
    const accepted = [...outcomes]
      .filter(([outcome]) => outcome.includes(","))
      .reduce((sum, [, n]) => sum + n, 0);
    console.log(`      ${accepted} accepted, ${CHANGES * ROUNDS - accepted} refused`);
    expect(accepted).to.be.within(0.1 * CHANGES * ROUNDS, 0.9 * CHANGES * ROUNDS);
    for (const names of Object.values(REFUSALS))
      expect(names.some((name) => outcomes.has(name))).to.equal(true);
  });
});
