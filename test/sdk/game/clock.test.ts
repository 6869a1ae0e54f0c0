import { expect } from "chai";
import {
  canMove,
  canTimeout,
  isActive,
  remainingOf,
  timeoutAt,
  totalOf,
} from "../../../sdk/src/game/clock.ts";
import { type Game, type Phase, SIDES, type Side, ZERO_HASH } from "../../../sdk/src/game/state.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

const T = 1_000_000;
const CLOCK = 3600;

function clocks(phase: Phase, turn: Side, operatorUsed: number, challengerUsed: number) {
  const game: Game = {
    requestId: ZERO_HASH,
    challenger: ZERO_HASH,
    phase,
    outcome: "none",
    turn,
    level: 4,
    index: 3,
    turnStartedAt: T,
    sequence: 0,
    operatorUsed,
    challengerUsed,
    operatorNode: ZERO_HASH,
    challengerNode: ZERO_HASH,
    defence: ZERO_HASH,
  };
  return { game, clockSeconds: CLOCK };
}

describe("game/clock", () => {
  it("default: a move is possible while used + elapsed < clock, a timeout from then on", () => {
    for (const phase of ["opened", "narrowing"] as const) {
      for (const turn of SIDES) {
        const view = clocks(
          phase,
          turn,
          turn === "operator" ? 600 : CLOCK,
          turn === "operator" ? CLOCK : 600,
        );
        const end = T + CLOCK - 600;
        expect(timeoutAt(view)).to.equal(end);
        expect([end - 1, end, end + 1].map((time) => canMove(view, time))).to.deep.equal([
          true,
          false,
          false,
        ]);
        expect([end - 1, end, end + 1].map((time) => canTimeout(view, time))).to.deep.equal([
          false,
          true,
          true,
        ]);
        expect([end - 1, end, end + 1].map((time) => remainingOf(view, turn, time))).to.deep.equal([1, 0, 0]);
      }
    }
  });

  it("default: at the leaf both clocks run, and the longer one decides", () => {
    const view = clocks("leaf", "operator", 3000, 100);
    expect(timeoutAt(view)).to.equal(T + 3500);
    expect([T + 599, T + 600].map((time) => remainingOf(view, "operator", time))).to.deep.equal([1, 0]);
    expect([T + 600, T + 3499, T + 3500].map((time) => canMove(view, time))).to.deep.equal([
      true,
      true,
      false,
    ]);
    expect([T + 600, T + 3499, T + 3500].map((time) => canTimeout(view, time))).to.deep.equal([
      false,
      false,
      true,
    ]);
  });

  it("behavior: the clock of the side that waits stands still", () => {
    const view = clocks("narrowing", "operator", 10, 20);
    expect(remainingOf(view, "challenger", T + 10 * CLOCK)).to.equal(CLOCK - 20);
    expect(totalOf(view.game, "operator", T + 5)).to.equal(15);
  });

  it("behavior: a time before the turn began counts as its beginning, and durations end at 32 bits", () => {
    const view = clocks("narrowing", "operator", 10, 0);
    expect(totalOf(view.game, "operator", T - 5)).to.equal(10);
    expect(totalOf(view.game, "operator", T + 2 ** 40)).to.equal(2 ** 32 - 1);
  });

  it("behavior: exactly one of moving and timing out is possible, until the game has ended", () => {
    const random = createRandom(printedSeed("random clocks"));
    for (let round = 0; round < 5000; round++) {
      const phase = random.pick(["none", "opened", "narrowing", "leaf", "ended"] as const);
      const used = (): number => random.pick([0, random.integer(0, CLOCK), CLOCK - 1, CLOCK, CLOCK + 5]);
      const view = clocks(phase, random.pick(SIDES), used(), used());
      const time = Math.max(T, (timeoutAt(view) ?? T) + random.integer(-1, 1) * random.pick([0, 1, 100]));
      const can = [canMove(view, time), canTimeout(view, time)];
      expect(can.filter(Boolean)).to.have.length(isActive(view.game) ? 1 : 0);
      const due = timeoutAt(view);
      if (due !== undefined) expect(canTimeout(view, time)).to.equal(time >= due);
    }
  });
});
