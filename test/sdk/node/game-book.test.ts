import { expect } from "chai";
import type { Hex } from "viem";
import { GameBook } from "../../../sdk/src/node/game-book.ts";
import { createMetrics, type Metrics } from "../../../sdk/src/node/metrics.ts";

const TOKEN = 10n ** 18n;
const id = (byte: number): Hex => `0x${byte.toString(16).padStart(2, "0").repeat(32)}`;

describe("sdk/node: game book", () => {
  let metrics: Metrics;
  let book: GameBook;

  beforeEach(() => {
    metrics = createMetrics("1", "challenger");
    book = new GameBook(metrics);
  });

  const sampleOf = async (name: string, labels: Record<string, string> = {}): Promise<number | undefined> => {
    const metric = await metrics.registry.getSingleMetric(`assay_${name}`)?.get();
    return metric?.values.find((sample) =>
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
    )?.value;
  };
  const game = (byte: number, requestId: Hex, bond?: bigint) =>
    ({ gameId: id(byte), requestId, outcome: "none", isEnded: false, bond }) as const;

  it("default: counts games by outcome and by what was found out about their results", async () => {
    book.judge(id(1), "agree", 0n);
    book.judge(id(2), "disagree", 0n);
    book.see(game(11, id(1)));
    book.see({ ...game(12, id(1)), outcome: "operatorWins", isEnded: true });
    book.see({ ...game(13, id(2)), outcome: "challengerWins", isEnded: true });
    book.see(game(14, id(3)));
    book.report();
    expect(await sampleOf("disputes", { status: "inProgress", agreement: "agree" })).to.equal(1);
    expect(await sampleOf("disputes", { status: "operatorWins", agreement: "agree" })).to.equal(1);
    expect(await sampleOf("disputes", { status: "challengerWins", agreement: "disagree" })).to.equal(1);
    expect(await sampleOf("disputes", { status: "inProgress", agreement: "unknown" })).to.equal(1);
    expect(await sampleOf("disputes", { status: "operatorWins", agreement: "disagree" })).to.equal(0);
    expect(await sampleOf("inflight_disputes")).to.equal(2);

    book.judge(id(3), "agree", 0n);
    book.report();
    expect(await sampleOf("disputes", { status: "inProgress", agreement: "unknown" })).to.equal(0);
    expect(await sampleOf("disputes", { status: "inProgress", agreement: "agree" })).to.equal(2);
  });

  it("behavior: a bond is required until it is on its way, and pending until its game has ended", async () => {
    book.judge(id(1), "disagree", 2n * TOKEN);
    book.judge(id(2), "disagree", 3n * TOKEN);
    book.report();
    expect(await sampleOf("bond_collateral_required")).to.equal(5);

    book.open(id(11), id(1), 2n * TOKEN);
    book.report();
    expect(await sampleOf("bond_collateral_required")).to.equal(3);
    expect(await sampleOf("honest_actor_bonds", { state: "pending" })).to.equal(2);
    expect(book.bonded).to.equal(2n * TOKEN);

    book.see({ ...game(11, id(1), 2n * TOKEN), outcome: "challengerWins", isEnded: true });
    book.judge(id(1), "disagree", 0n);
    book.report();
    expect(await sampleOf("bond_collateral_required")).to.equal(3);
    expect(book.bonded).to.equal(0n);
    expect(book.isEnded(id(11))).to.equal(true);
  });

  it("behavior: bonds of games that have ended are counted once, by who has them, also when the games are forgotten", async () => {
    const ended = (byte: number, outcome: "challengerWins" | "operatorWins" | "bothLose" | "left") =>
      ({ ...game(byte, id(1), TOKEN), outcome, isEnded: true }) as const;
    book.see(game(11, id(1), TOKEN));
    for (let look = 0; look < 3; look++) {
      book.see(ended(11, "challengerWins"));
      book.see(ended(12, "operatorWins"));
      book.see(ended(13, "bothLose"));
      book.see(ended(14, "left"));
      book.see({ ...ended(15, "operatorWins"), bond: undefined });
    }
    book.forget(id(1));
    expect(await sampleOf("honest_actor_bonds", { state: "won" })).to.equal(1);
    expect(await sampleOf("honest_actor_bonds", { state: "lost" })).to.equal(2);
    expect(await sampleOf("honest_actor_bonds", { state: "pending" })).to.equal(0);
  });

  it("behavior: nothing is left of a request that is forgotten", async () => {
    book.judge(id(1), "disagree", TOKEN);
    book.see(game(11, id(1), TOKEN));
    book.judge(id(2), "disagree", TOKEN);
    book.forget(id(1));
    expect(book.bonded).to.equal(0n);
    expect(await sampleOf("disputes", { status: "inProgress", agreement: "disagree" })).to.equal(0);
    expect(await sampleOf("bond_collateral_required")).to.equal(1);
  });
});
