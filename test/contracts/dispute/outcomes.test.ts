import { expect } from "chai";
import { network } from "hardhat";
import {
  answer,
  type Commitment,
  convict,
  type Match,
  makeCommitment,
  OTHER_OUTPUT_LIE,
  OUTPUT_LIE,
  openGame,
  playToLeaf,
  quit,
  reveal,
  step,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import type { Lie } from "../../support/protocol/toy-model.ts";
import { createWorld, FEE, Outcome, owed, Status, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** What each of them has in the end more than in the beginning, stake included; in tokens. */
type Gains = { operator: number; requester: number; challenger: number; third: number; burned: number };

type Play = (world: World, match: Match, commitment: Commitment) => Promise<unknown>;

interface Row {
  readonly event: string;
  /** Where the operator departs from the truth, and where the challenger does. */
  readonly lies: readonly Lie[];
  readonly claims?: readonly Lie[];
  readonly lazy?: boolean;
  /** What happens once the game is open. */
  readonly play: Play;
  readonly outcome: bigint;
  /** Of the commitment, right after the game and when nothing is left to be done. */
  readonly status: bigint;
  readonly finally: bigint;
  readonly gains: Gains;
}

const wait = (world: World): Promise<unknown> => world.time.increase(world.profile.clockSeconds);

/**
 * The profile: fee 10, lock 1,000 of which 55 % is burned and 7 % the requester's, bond 100 of which 20 % is burned, refunds of 5 per answer and 20 per step, 50
 * for a result without a verdict. The pool of 38 % is halved where only one game was won, and the other half is burned.
 */
const WON: Gains = { operator: -1000, requester: 70, challenger: 190, third: 0, burned: 740 };
const LOST: Gains = { operator: 10 + 80, requester: -10, challenger: -100, third: 0, burned: 20 };
const CONVICTED = {
  outcome: Outcome.ChallengerWins,
  status: Status.Slashed,
  finally: Status.Slashed,
  gains: WON,
} as const;
const REFUTED = {
  outcome: Outcome.OperatorWins,
  status: Status.Committed,
  finally: Status.Final,
  gains: LOST,
} as const;

/** Nobody moves for as long as a clock runs, and the game is ended. */
const fallSilent = async (world: World, match: Match): Promise<void> => {
  await wait(world);
  await timeout(world, match);
};

const rows: readonly Row[] = [
  {
    event: "the challenger does not reveal",
    lies: [],
    play: fallSilent,
    ...REFUTED,
  },
  {
    event: "the challenger of a lie does not reveal",
    lies: [OUTPUT_LIE],
    play: fallSilent,
    ...REFUTED,
  },
  {
    event: "the challenger falls silent after the operator's answer",
    lies: [],
    play: async (world, match) => {
      await reveal(world, match);
      await answer(world, match);
      await fallSilent(world, match);
    },
    ...REFUTED,
  },
  {
    event: "the challenger falls silent after a third party's answer",
    lies: [],
    play: async (world, match) => {
      await reveal(world, match);
      await answer(world, match, world.third);
      await fallSilent(world, match);
      await world.game.claimRefund(match.gameId, [world.third]);
    },
    ...REFUTED,
    gains: { operator: 10 + 75, requester: -10, challenger: -100, third: 5, burned: 20 },
  },
  {
    event: "the operator never answers, though it was right",
    lies: [],
    play: async (world, match) => {
      await reveal(world, match);
      await fallSilent(world, match);
    },
    ...CONVICTED,
  },
  {
    event: "the operator of a lazy commitment never posts its trace",
    lies: [OUTPUT_LIE],
    lazy: true,
    play: async (world, match) => {
      await reveal(world, match);
      await fallSilent(world, match);
    },
    ...CONVICTED,
  },
  {
    event: "the court computes the operator's word",
    lies: [],
    play: async (world, match) => {
      await playToLeaf(world, match);
      await step(world, match, world.operator);
    },
    ...REFUTED,
  },
  {
    event: "the court computes the operator's word, and a third party made all its moves",
    lies: [],
    play: async (world, match) => {
      await playToLeaf(world, match, world.third);
      await step(world, match, world.third);
      await world.game.claimRefund(match.gameId, [world.third, world.third]);
    },
    ...REFUTED,
    gains: { operator: 10 + 55, requester: -10, challenger: -100, third: 25, burned: 20 },
  },
  {
    event: "the court computes the challenger's word, whoever has it do so",
    lies: [OUTPUT_LIE],
    play: async (world, match) => {
      await playToLeaf(world, match, world.third);
      await step(world, match, world.third);
    },
    ...CONVICTED,
  },
  {
    event: "the court computes a word that is neither's",
    lies: [OUTPUT_LIE],
    claims: [OTHER_OUTPUT_LIE],
    play: async (world, match) => {
      await playToLeaf(world, match);
      await step(world, match, world.third);
    },
    outcome: Outcome.BothLose,
    status: Status.Slashed,
    finally: Status.Slashed,
    gains: { operator: -1000, requester: 70, challenger: -100, third: 0, burned: 1030 },
  },
  {
    event: "the operator's own trace contradicts itself, before anybody has moved",
    lies: [OUTPUT_LIE],
    play: (world, match) => convict(world, match),
    ...CONVICTED,
  },
  {
    event: "the operator's own trace contradicts itself, as a third party shows after a third party's answer",
    lies: [OUTPUT_LIE],
    play: async (world, match) => {
      await reveal(world, match);
      await answer(world, match, world.third);
      await convict(world, match, OUTPUT_LIE, world.third);
    },
    ...CONVICTED,
  },
  {
    event: "nobody has the court compute",
    lies: [],
    claims: [OUTPUT_LIE],
    play: async (world, match) => {
      await playToLeaf(world, match);
      await fallSilent(world, match);
    },
    outcome: Outcome.Undecided,
    status: Status.Committed,
    finally: Status.Void,
    gains: { operator: -50, requester: 0, challenger: -100, third: 0, burned: 150 },
  },
  {
    event: "nobody has the court compute, but another game convicts",
    lies: [OUTPUT_LIE],
    play: async (world, match, commitment) => {
      await playToLeaf(world, match);
      const other = await openGame(world, commitment, world.third, traceOf(world));
      await fallSilent(world, match);
      expect((await world.hub.requestOf(match.requestId)).tainted).to.equal(true);
      // The other game's opening is over as well: its challenger is as silent as this one's.
      await timeout(world, other);
      const last = await openGame(world, commitment, world.third, traceOf(world));
      await convict(world, last);
      await world.game.claimReward(last.gameId);
    },
    outcome: Outcome.Undecided,
    status: Status.Slashed,
    finally: Status.Slashed,
    gains: {
      operator: -1000 + 80,
      requester: 70,
      challenger: -100,
      third: 190 - 100,
      burned: 740 + 100 + 20,
    },
  },
  {
    event: "the challenger leaves when another game has convicted",
    lies: [OUTPUT_LIE],
    play: async (world, match, commitment) => {
      const other = await openGame(world, commitment, world.third, traceOf(world));
      await convict(world, other);
      await quit(world, match);
      await world.game.claimReward(other.gameId);
    },
    outcome: Outcome.Left,
    status: Status.Slashed,
    finally: Status.Slashed,
    gains: { ...WON, challenger: 0, third: 190 },
  },
  {
    event: "two games convict, the later opened one first",
    lies: [OUTPUT_LIE],
    play: async (world, match, commitment) => {
      const other = await openGame(world, commitment, world.third, traceOf(world));
      await convict(world, other);
      await convict(world, match);
      await world.game.claimReward(other.gameId);
    },
    outcome: Outcome.ChallengerWins,
    status: Status.Slashed,
    finally: Status.Slashed,
    gains: { operator: -1000, requester: 70, challenger: 190, third: 190, burned: 550 },
  },
];

/** What everybody has, in whole tokens. */
async function holdings(world: World): Promise<Gains> {
  const { vault, operator, requester, challenger, third } = world;
  const free = async (who: { address: string }): Promise<bigint> =>
    (await vault.balanceOf(who.address)) + (await vault.stakeOf(who.address)).amount;
  const all = [await free(operator), await free(requester), await free(challenger), await free(third)];
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = [...all, (await vault.escrow()).burned].map((amount) =>
    Number(amount / 10n ** 18n),
  );
  return { operator: a, requester: b, challenger: c, third: d, burned: e };
}

describe("DisputeGame: the table of outcomes and payouts", () => {
  for (const row of rows) {
    it(`behavior: when ${row.event}`, async () => {
      const world = await load();
      const { game, hub, vault, operator } = world;
      const before = await holdings(world);
      const commitment = await makeCommitment(world, { lies: row.lies, lazy: row.lazy ?? false });
      // Who agrees has nothing to reveal: against the truth, a challenger lies.
      const claims = row.claims ?? (row.lies.length === 0 ? [OUTPUT_LIE] : []);
      const match = await openGame(world, commitment, world.challenger, traceOf(world, claims));
      await row.play(world, match, commitment);
      expect((await game.gameOf(match.gameId)).outcome).to.equal(row.outcome);
      expect(await hub.statusOf(match.requestId)).to.equal(row.status);

      if (row.outcome === Outcome.ChallengerWins) await game.claimReward(match.gameId);
      await world.time.increase(world.profile.windowSeconds);
      if (row.status === Status.Committed) await hub.settle(match.requestId);
      expect(await hub.statusOf(match.requestId)).to.equal(row.finally);
      const after = await holdings(world);
      const gains = Object.fromEntries(
        Object.entries(after).map(([who, amount]) => [who, amount - before[who as keyof Gains]]),
      );
      expect(gains).to.deep.equal(row.gains);
      // Nothing is lost, nothing is locked, and nothing waits in escrow.
      expect(Object.values(row.gains).reduce((sum, gain) => sum + gain, 0)).to.equal(0);
      expect((await vault.stakeOf(operator)).locked).to.equal(0n);
      expect((await vault.escrow()).held).to.equal(0n);
      expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
    });
  }

  it("behavior: when nobody challenges, the window alone makes a result final", async () => {
    const world = await load();
    const before = await holdings(world);
    const { requestId } = await makeCommitment(world);
    await world.time.increase(world.profile.windowSeconds);
    expect(await world.hub.statusOf(requestId)).to.equal(Status.Final);
    await world.hub.settle(requestId);
    const after = await holdings(world);
    expect([after.operator - before.operator, after.requester - before.requester]).to.deep.equal([
      Number(FEE / 10n ** 18n),
      -Number(FEE / 10n ** 18n),
    ]);
  });
});
