import { expect } from "chai";
import { type Hex, parseEther } from "viem";
import type { InferenceRequest } from "../../../sdk/src/actions/getRequest.ts";
import {
  type ChallengerSituation,
  canBond,
  decideChallenger,
  requiredBond,
} from "../../../sdk/src/node/challenger-policy.ts";
import { decideOperator, type OperatorSituation } from "../../../sdk/src/node/operator-policy.ts";
import { testProfile } from "../../support/sdk.ts";

const id = (byte: number): Hex => `0x${byte.toString(16).padStart(2, "0").repeat(32)}`;
const ME: Hex = "0x00000000000000000000000000000000000000Aa";
const OTHER: Hex = "0x00000000000000000000000000000000000000Bb";
const NOW = 10_000;

const request: InferenceRequest = {
  ...{
    requestId: id(1),
    requester: OTHER,
    status: "requested",
    isSettled: true,
    inputPublished: true,
    outputPublished: false,
  },
  ...{ tainted: false, deadline: NOW + 500, operator: undefined, committedAt: undefined },
  ...{ windowEndsAt: undefined, openGames: 0, modelId: id(2), profileId: id(3), inputRoot: id(4) },
  ...{ fee: parseEther("3"), lock: 0n, outputRoot: undefined, traceRoot: undefined },
};

describe("sdk/node: policies", () => {
  describe("operator", () => {
    const terms = { allowProfiles: [], minFee: 0n, maxExposure: undefined, deadlineMarginSeconds: 60 };
    const situation: OperatorSituation = {
      ...{ request, profile: testProfile, me: ME, terms, isServed: true, time: NOW },
      hasInput: true,
      ...{ stake: testProfile.lock, locked: 0n, runSeconds: 1, isDraining: false, hasFailed: false },
    };
    const decideAbout = (about: Partial<InferenceRequest>, given: Partial<OperatorSituation> = {}) =>
      decideOperator({ ...situation, ...given, request: { ...request, ...about } });

    it("default: accepts what anybody may answer, and answers what names it", () => {
      expect(decideAbout({})).to.deep.equal({ kind: "accept" });
      expect(decideAbout({ operator: ME.toLowerCase() as Hex })).to.deep.equal({ kind: "answer" });
    });

    it("behavior: every reason to decline", () => {
      const declined: readonly (readonly [string, Partial<InferenceRequest>, Partial<OperatorSituation>])[] =
        [
          ["other operator", { operator: OTHER }, {}],
          ["model not served", {}, { isServed: false }],
          ["profile not allowed", {}, { terms: { ...terms, allowProfiles: [id(9)] } }],
          ["fee too low", {}, { terms: { ...terms, minFee: request.fee + 1n } }],
          ["draining", {}, { isDraining: true }],
          ["failed before", {}, { hasFailed: true }],
          ["deadline too near", { deadline: NOW + 61 }, {}],
          ["deadline too near", {}, { runSeconds: 221 }],
          ["stake too small", {}, { locked: 1n }],
          ["exposure too large", {}, { terms: { ...terms, maxExposure: testProfile.lock - 1n } }],
        ];
      for (const [reason, about, given] of declined)
        for (const hasInput of [true, false])
          expect(decideAbout(about, { ...given, hasInput }), reason).to.deep.equal({
            kind: "decline",
            reason,
          });
    });

    it("behavior: an input that is not here is looked for when everything else is right, and only then", () => {
      expect(decideAbout({}, { hasInput: false })).to.deep.equal({ kind: "seek" });
      expect(decideAbout({ operator: ME }, { hasInput: false })).to.deep.equal({ kind: "seek" });
    });

    it("args: the limits are exact", () => {
      expect(decideAbout({ deadline: NOW + 62 }).kind).to.equal("accept");
      expect(decideAbout({}, { terms: { ...terms, minFee: request.fee } }).kind).to.equal("accept");
      expect(decideAbout({}, { terms: { ...terms, maxExposure: testProfile.lock } }).kind).to.equal("accept");
      expect(decideAbout({}, { terms: { ...terms, allowProfiles: [id(3)] } }).kind).to.equal("accept");
    });

    it("behavior: what is accepted is answered, whatever else is wrong, since the lock is at stake already", () => {
      const kinds = [{ isDraining: true }, { hasFailed: true }, { stake: 0n }].map(
        (given) => decideAbout({ status: "accepted", operator: ME }, given).kind,
      );
      expect(kinds).to.deep.equal(["answer", "answer", "answer"]);
    });

    it("behavior: waits for its own results, settles and expires them, and leaves those of others", () => {
      const ours = { operator: ME, lock: 5n, isSettled: false };
      const table: readonly (readonly [Partial<InferenceRequest>, string])[] = [
        [{ ...ours, status: "committed", windowEndsAt: NOW + 5 }, "wait"],
        [{ ...ours, status: "final" }, "settle"],
        [{ ...ours, status: "void" }, "settle"],
        [{ ...ours, status: "final", isSettled: true }, "ended"],
        [{ ...ours, status: "refunded" }, "expire"],
        [{ ...ours, status: "refunded", lock: 0n }, "ended"],
        [{ ...ours, status: "slashed", openGames: 1 }, "wait"],
        [{ ...ours, status: "slashed" }, "ended"],
      ];
      for (const [about, kind] of table) {
        expect(decideAbout(about).kind, JSON.stringify(about.status)).to.equal(kind);
        expect(decideAbout({ ...about, operator: OTHER }).kind).to.equal("ended");
      }
    });
  });

  describe("challenger", () => {
    const committed = {
      status: "committed" as const,
      operator: OTHER,
      windowEndsAt: NOW + 100,
      isSettled: false,
    };
    const situation: ChallengerSituation = {
      ...{ request: { ...request, ...committed }, profile: testProfile, strategy: "full", time: NOW },
      ...{ agreement: "disagree", isVerifiable: true, hasGame: false, isDraining: false },
      ...{ balance: testProfile.bond, bonded: 0n, maxBond: undefined },
      ...{ unpublished: undefined, isDemanded: false, demandInputs: true, isOwnResult: false },
    };
    const decideAbout = (about: Partial<InferenceRequest>, given: Partial<ChallengerSituation> = {}) =>
      decideChallenger({ ...situation, ...given, request: { ...situation.request, ...about } });

    it("default: computes again, and challenges what is wrong while there is time", () => {
      expect(decideAbout({}, { agreement: "unknown" }).kind).to.equal("check");
      expect(decideAbout({}).kind).to.equal("challenge");
      expect(decideAbout({ windowEndsAt: NOW }).kind).to.equal("wait");
    });

    it("behavior: nothing else is challenged", () => {
      const given: readonly Partial<ChallengerSituation>[] = [
        { agreement: "agree" },
        { agreement: "unknown", isVerifiable: false },
        { strategy: "defend" },
        { strategy: "watch" },
        { hasGame: true },
        { isDraining: true },
        { balance: testProfile.bond - 1n },
        { maxBond: testProfile.bond - 1n },
        { maxBond: testProfile.bond, bonded: 1n },
      ];
      for (const changes of given)
        expect(decideAbout({}, changes), JSON.stringify(Object.keys(changes))).to.include({ kind: "wait" });
      expect(canBond({ ...situation, maxBond: testProfile.bond })).to.equal(true);
    });

    it("behavior: a bond is required by what is wrong and in time, even if it cannot be spared", () => {
      const given: readonly (readonly [bigint, Partial<ChallengerSituation>])[] = [
        [testProfile.bond, {}],
        [testProfile.bond, { balance: 0n, maxBond: 0n, isDraining: true }],
        [0n, { hasGame: true }],
        [0n, { agreement: "agree" }],
        [0n, { agreement: "unknown" }],
        [0n, { strategy: "defend" }],
        [0n, { time: NOW + 100 }],
        [0n, { request: { ...situation.request, status: "slashed" } }],
      ];
      for (const [bond, changes] of given)
        expect(requiredBond({ ...situation, ...changes }), JSON.stringify(Object.keys(changes))).to.equal(
          bond,
        );
    });

    describe("of an input that the chain does not have", () => {
      const { maxDemandBytes, windowSeconds, bond } = testProfile;
      const withheld: Partial<ChallengerSituation> = {
        ...{ agreement: "unknown", isVerifiable: false },
        unpublished: { inputBytes: maxDemandBytes, isWithheld: true },
      };
      const inTime = { inputPublished: false, committedAt: NOW - windowSeconds + 1, windowEndsAt: NOW + 1 };

      it("default: it is looked for, and demanded once that was in vain", () => {
        const sought = { ...withheld, unpublished: { inputBytes: maxDemandBytes, isWithheld: false } };
        expect(decideAbout(inTime, sought)).to.deep.equal({ kind: "seek" });
        expect(decideAbout(inTime, withheld)).to.deep.equal({ kind: "demand" });
        const about = { request: { ...situation.request, ...inTime } };
        expect(requiredBond({ ...situation, ...withheld, ...about })).to.equal(bond);
        expect(requiredBond({ ...situation, ...sought, ...about })).to.equal(0n);
      });

      it("behavior: every reason not to demand it", () => {
        const given: readonly Partial<ChallengerSituation>[] = [
          { strategy: "defend" },
          { strategy: "watch" },
          { demandInputs: false },
          { isDemanded: true },
          { isOwnResult: true },
          { isDraining: true },
          { balance: bond - 1n },
          { maxBond: bond - 1n },
          { unpublished: { inputBytes: maxDemandBytes + 1, isWithheld: true } },
        ];
        for (const changes of given)
          expect(
            decideAbout(inTime, { ...withheld, ...changes }),
            JSON.stringify(Object.keys(changes)),
          ).to.deep.equal({ kind: "seek" });
        // The window may have become longer since; the first one counts.
        const late = { ...inTime, committedAt: NOW - windowSeconds, windowEndsAt: NOW + 100 };
        expect(decideAbout(late, withheld)).to.deep.equal({ kind: "seek" });
      });

      it("behavior: a demand is no challenge: once the input is there, a wrong result is challenged", () => {
        const shown = { isDemanded: true, hasGame: false };
        expect(decideAbout({}, { ...shown, agreement: "unknown" }).kind).to.equal("check");
        expect(decideAbout({}, shown).kind).to.equal("challenge");
        expect(decideAbout({}, { ...shown, agreement: "agree" }).kind).to.equal("wait");
      });
    });

    it("behavior: settles and expires for others only when they have had their time; without a key never", () => {
      const final = { status: "final" as const, windowEndsAt: NOW - 119 };
      expect(decideAbout(final, { agreement: "agree" })).to.deep.equal({ kind: "wait", until: NOW + 1 });
      expect(decideAbout({ ...final, windowEndsAt: NOW - 120 }, { agreement: "agree" }).kind).to.equal(
        "settle",
      );
      expect(decideAbout({ ...final, isSettled: true }, { agreement: "agree" }).kind).to.equal("claim");
      expect(
        decideAbout({ ...final, windowEndsAt: 0 }, { agreement: "agree", strategy: "watch" }).kind,
      ).to.equal("ended");
      const late = { status: "refunded" as const, deadline: NOW - 120 };
      expect(decideAbout(late).kind).to.equal("expire");
      expect(decideAbout({ ...late, deadline: NOW - 119 }).kind).to.equal("wait");
      expect(decideAbout({ ...late, isSettled: true }).kind).to.equal("ended");
    });

    it("behavior: a final result is computed, too, for whoever wants to know that a wrong one got through", () => {
      expect(
        decideAbout({ status: "final", isSettled: true }, { agreement: "unknown", strategy: "watch" }).kind,
      ).to.equal("check");
    });

    it("behavior: collects after a slash when no game is open any more", () => {
      const slashed = { status: "slashed" as const };
      expect(decideAbout({ ...slashed, openGames: 1 }).kind).to.equal("wait");
      expect(decideAbout(slashed).kind).to.equal("claim");
      expect(decideAbout(slashed, { strategy: "watch" }).kind).to.equal("ended");
    });
  });
});
