import type { Answer, Reveal } from "../../../sdk/src/game/moves.ts";
import type { RefusalReason } from "../../../sdk/src/game/refusal.ts";
import { applyMove } from "../../../sdk/src/game/rules.ts";
import { positionOf, ZERO_HASH } from "../../../sdk/src/game/state.ts";
import { CLOCK, next, playTo, refused, SALT, scene, T } from "../../support/game-scene.ts";
import { CHALLENGER, STRANGER } from "../../support/pure-games.ts";

describe("game/rules: refusals", () => {
  it("error: reveals", async () => {
    const { view, challenger, truth } = await scene();
    const reveal = next(view, challenger, "reveal");
    const wrong = (change: Partial<Reveal>, reason: RefusalReason): void =>
      refused(view, { ...reveal, ...change }, reason);
    wrong({ salt: ZERO_HASH }, "GameOpeningMismatch");
    wrong({ traceRoot: truth.traceRoot }, "GameOpeningMismatch");
    wrong({ outputRoot: view.dossier.outputRoot }, "GameOutputAgrees");
    wrong({ outputRoot: SALT }, "OutputProofMismatch");
    wrong({ outputProof: [] }, "OutputProofLengthMismatch");
    wrong({ children: reveal.children.slice(1) }, "GameRowLengthMismatch");
    wrong({ children: reveal.children.toReversed() }, "GameRowMismatch");
    const agreeing = { ...view, dossier: { ...view.dossier, traceRoot: reveal.traceRoot } };
    refused(agreeing, reveal, "GameTraceAgrees");
    refused(view, reveal, "GameClockUsedUp", T + CLOCK);
  });

  it("error: answers", async () => {
    const start = await scene();
    const view = playTo(start, "narrowing");
    const answer = next(view, start.operator, "answer");
    const wrong = (change: Partial<Answer>, reason: RefusalReason): void =>
      refused(view, { ...answer, ...change }, reason);
    wrong({ position: { ...answer.position, index: 1 } }, "GameStateMismatch");
    wrong({ moverChildren: answer.otherChildren }, "GameRowMismatch");
    wrong({ otherChildren: answer.moverChildren }, "GameRowMismatch");
    wrong({ moverChildren: answer.moverChildren.slice(8) }, "GameRowLengthMismatch");
    wrong({ otherChildren: [] }, "GameRowLengthMismatch");
    wrong({ moverGrandchildren: [] }, "GameRowLengthMismatch");
    wrong({ moverGrandchildren: answer.moverGrandchildren.toReversed() }, "GameRowMismatch");
    const answered = applyMove(view, answer, { caller: STRANGER, time: T });
    refused(answered, answer, "GameStateMismatch");
  });

  it("error: steps", async () => {
    const start = await scene();
    const leaf = playTo(start, "leaf");
    const step = next(leaf, start.operator, "step");
    refused(leaf, { ...step, position: { ...step.position, defence: SALT } }, "GameStateMismatch");
    refused(leaf, { ...step, proof: step.proof.subarray(1) }, "PROOF_MALFORMED");
    const changed = step.proof.slice();
    changed[5]! ^= 1;
    refused(leaf, { ...step, proof: changed }, "PROOF_ROOT_MISMATCH");
    refused(leaf, step, "GameClockUsedUp", T + CLOCK);
  });

  it("error: moves of another phase", async () => {
    const start = await scene();
    const [opened, narrowing, leaf] = [start.view, playTo(start, "narrowing"), playTo(start, "leaf")];
    const reveal = next(opened, start.challenger, "reveal");
    const answer = next(narrowing, start.operator, "answer");
    const step = next(leaf, start.operator, "step");
    const ended = applyMove(leaf, step, { caller: STRANGER, time: T });
    for (const view of [narrowing, leaf, ended]) refused(view, reveal, "GamePhaseMismatch");
    for (const view of [opened, leaf, ended]) refused(view, answer, "GamePhaseMismatch");
    for (const view of [opened, narrowing, ended]) refused(view, step, "GamePhaseMismatch");
    const position = positionOf(ended);
    refused(ended, { kind: "timeout", position }, "GameNotActive", T + 10 * CLOCK);
    refused({ ...ended, isSlashed: true }, { kind: "quit", position }, "GameNotActive", T, CHALLENGER);
  });
});
