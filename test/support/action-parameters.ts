/** Parameters with which every action of the package can be called, all of them named, those that may be left out as well. */

import type { Address, Hex } from "viem";
import type * as actions from "../../sdk/src/actions/index.ts";
import type { LogParameters, ReadParameters, WriteParameters } from "../../sdk/src/actions/index.ts";
import { DEFAULT_LIMITS } from "../../sdk/src/runtime/limits.ts";
import { traceBytes } from "../../sdk/src/runtime/trace.ts";
import { deploymentForTests } from "./deployment.ts";
import { testProfile } from "./sdk.ts";
import { makeSquaresModel } from "./squares.ts";

type Exports = typeof actions;
type Variant = `simulate${string}` | `encode${string}` | `parse${string}`;

/** Actions: whatever takes parameters by name, without the forms that every write has beside it. */
export type ActionName = Exclude<
  {
    [name in keyof Exports]: Exports[name] extends (...args: never[]) => unknown ? name : never;
  }[keyof Exports],
  Variant | Exclude<HelperName, "makeBatch">
>;

/** What takes no client, or no parameters that a caller names; `verifyDispute` has a reader of its own for what may come from anybody. */
export const HELPERS = [
  ...(["bindTrace", "formatAmount", "makeBatch", "randomSalt", "verifyDispute"] as const),
] as const;
type HelperName = (typeof HELPERS)[number];

type ParametersOf<name extends ActionName> = name extends "makeBatch"
  ? Parameters<Exports["makeBatch"]>[0]
  : Parameters<Exports[name]>[1 & keyof Parameters<Exports[name]>];
type Shared = keyof (ReadParameters & LogParameters & WriteParameters);
/** Distributes over the forms that the parameters may have. */
type Own<parameters> = parameters extends unknown ? Omit<parameters, Shared> : never;
type OptionalOf<parameters> = parameters extends unknown
  ? { [name in keyof parameters]-?: undefined extends parameters[name] ? name : never }[keyof parameters]
  : never;

/** An action's parameters, all of them, and the names of those that may be left out. */
export interface Example<parameters = Record<string, unknown>> {
  readonly parameters: Required<Own<parameters>>;
  readonly optional: Readonly<Record<OptionalOf<Own<parameters>> & string, true>>;
}

const word = (index: number): Hex => `0x${index.toString(16).padStart(64, "0")}`;
const address: Address = "0x00000000000000000000000000000000000000aa";
const own = <parameters>(parameters: parameters) => ({ parameters, optional: {} });

/** By the name of the action; one that takes its parameters in two forms is there twice. */
export const examples: readonly (readonly [name: string, example: Example])[] = await (async () => {
  const model = makeSquaresModel();
  const input = new Uint8Array(model.record.inputBytes);
  const { outputBytes, inputRoot, outputRoot, traceRoot, tree } = await traceBytes(model, input);
  const claim = { outputBytes, inputRoot, outputRoot, traceRoot, tree };
  const position = { operator: address, challenger: address, index: 1, operatorNode: word(1) };
  const at = { ...position, challengerNode: word(2), defence: word(0) };
  const roots = { inputRoot: word(3), outputRoot: word(4) };
  const batch = { operator: address, profileId: word(5), root: word(6), count: 1, published: false };
  const result = { requestId: word(7), modelId: word(8), ...roots, traceRoot: word(9) };
  const inclusion = { batch, result, index: 0, proof: [word(1)] };
  const terms = { profileId: word(5), fee: 1n, deadline: 1, operator: address, minStake: 1n, salt: 1n };
  const bound = { traceRoot: word(9), outputProof: [word(1)] };
  const requestId = word(7);
  const gameId = word(10);
  const mayBeLeftOut = { operator: true, minStake: true, salt: true } as const;
  const { modelId, record, inputs: slots, outputs } = model;
  const inputs = { numbers: { type: "float32", dims: [4], data: new Float32Array(4) } } as const;

  const table: { readonly [name in ActionName]: Example<ParametersOf<name>> } = {
    acceptRequest: { parameters: { requestId, operator: address }, optional: { operator: true } },
    answerGame: own({
      ...{ gameId, position: at },
      ...{ moverChildren: [word(1)], otherChildren: [word(1)], moverGrandchildren: [word(1)] },
    }),
    approveToken: own({ amount: 1n }),
    cancelUnstake: own({ ticketId: 1n }),
    challengeResult: {
      parameters: {
        ...{ requestId, model, input, salt: word(1), limits: DEFAULT_LIMITS },
        engines: ["reference", "reference"],
      },
      optional: { input: true, salt: true, engines: true, limits: true },
    },
    claimRefund: own({ gameId, movers: [address] }),
    claimReward: own({ gameId }),
    commitBatch: own({ operator: address, profileId: word(5), root: word(6), count: 1 }),
    commitResult: {
      parameters: { requestId, output: input, ...bound },
      optional: { traceRoot: true, outputProof: true },
    },
    commitResultByRoot: {
      parameters: { requestId, outputRoot: word(4), outputUri: "https://example.org", ...bound },
      optional: { traceRoot: true, outputProof: true },
    },
    completeUnstake: own({ ticketId: 1n }),
    convictGame: own({
      ...{ gameId, position: at },
      contradiction: { index: 1, place: 0, word: word(1), siblings: [word(1)], proof: input },
    }),
    createProfile: own({ profile: testProfile }),
    deliverResult: own({ requestId, output: input, gasLimit: 100_000 }),
    demandInput: own({ requestId }),
    deposit: { parameters: { amount: 1n, beneficiary: address }, optional: { beneficiary: true } },
    depositWithPermit: {
      parameters: {
        ...{ amount: 1n, beneficiary: address },
        permit: { deadline: 1n, v: 27, r: word(1), s: word(1) },
      },
      optional: { beneficiary: true, permit: true },
    },
    deprecateModel: own({ name: "digits", version: "1.0.0", deprecated: true }),
    expireRequest: own({ requestId }),
    exportDispute: own({ gameId }),
    getAccount: own({ address }),
    getBatch: own({ batchId: word(1) }),
    getDefenders: own({ gameId }),
    getDelivery: own({ requestId }),
    getFinalityEta: own({ requestId }),
    getFinalityProgress: own({ requestId }),
    getGame: own({ gameId }),
    getGameHistory: own({ gameId }),
    getGameView: own({ gameId }),
    getGames: own({ requestId }),
    getInput: own({ requestId }),
    getListing: own({ publisher: address, name: "digits", version: "1.0.0" }),
    getListings: {
      parameters: { modelId: word(8), publisher: address },
      optional: { modelId: true, publisher: true },
    },
    getModel: own({ modelId: word(8) }),
    getOpeningHash: own({ requestId, challenger: address, traceRoot: word(9), salt: word(1) }),
    getProfile: own({ profileId: word(5) }),
    getReadings: own({ requestIds: [requestId] }),
    getRequest: own({ requestId }),
    getResult: {
      parameters: { requestId, model: { record, outputs }, output: input, allowPending: true },
      optional: { model: true, output: true, allowPending: true },
    },
    getStatus: own({ requestId }),
    getTicket: own({ ticketId: 1n }),
    getToken: own({}),
    isFinal: own({ requestId }),
    iterateRequests: {
      parameters: { requester: address, modelId },
      optional: { requester: true, modelId: true },
    },
    linkResult: own({ inclusion }),
    makeBatch: {
      parameters: { operator: address, profileId: word(5), results: [result], published: false },
      optional: { published: true },
    },
    openGame: own({ requestId, openingHash: word(1) }),
    playGame: {
      parameters: {
        ...{ gameId, side: "operator", model, input, trace: claim, salt: word(1), operatorTree: claim.tree },
        ...{ alwaysNarrow: false, time: 1 },
      },
      optional: { salt: true, operatorTree: true, alwaysNarrow: true, time: true },
    },
    postTrace: own({ requestId, ...bound }),
    publishBatch: own({
      ...{ operator: address, profileId: word(5), modelId: word(8) },
      results: [{ requestId, ...roots }],
    }),
    publishInput: own({ gameId, input }),
    publishModel: own({ modelId: word(8), name: "digits", version: "1.0.0", uri: "", licence: "MIT" }),
    quitGame: own({ gameId, position: at }),
    quoteInference: {
      parameters: { ...terms, modelId, input },
      optional: mayBeLeftOut,
    },
    registerModel: own({ record: model.record }),
    reopenRequest: own({ requestId, modelId: word(8), terms, deadline: 2 }),
    requestInference: {
      parameters: { ...terms, model: { modelId, record, inputs: slots }, inputs },
      optional: mayBeLeftOut,
    },
    requestInferenceByRoot: {
      parameters: { ...terms, modelId: word(8), inputRoot: word(3), inputUri: "" },
      optional: mayBeLeftOut,
    },
    requestUnstake: own({ amount: 1n }),
    revealGame: own({ gameId, salt: word(1), outputRoot: word(4), ...bound, children: [word(1)] }),
    setPayout: own({ payout: address }),
    setSigner: own({ signer: address }),
    settleBatch: own({ batch }),
    settleRequest: own({ requestId }),
    showResult: own({ inclusion }),
    signDepositPermit: { parameters: { amount: 1n, deadline: 1n }, optional: { deadline: true } },
    stake: own({ amount: 1n }),
    stepGame: own({ gameId, position: at, proof: input }),
    subscribeDelivery: own({ requestId, receiver: address, gasLimit: 100_000 }),
    sweepBurned: own({}),
    timeoutGame: own({ gameId, position: at }),
    transferStake: own({ to: address, amount: 1n }),
    verifyResult: {
      parameters: {
        ...{ requestId, model, input, limits: DEFAULT_LIMITS },
        execute: () => Promise.reject(new Error("not executed")),
      },
      optional: { input: true, limits: true, execute: true },
    },
    waitForFinality: {
      parameters: { requestId, pollingInterval: 1, timeout: 1, onStatus: () => undefined },
      optional: { pollingInterval: true, timeout: true, onStatus: true },
    },
    withdraw: { parameters: { amount: 1n, to: address }, optional: { to: true } },
  };
  const byBytes = { parameters: { ...terms, modelId, input }, optional: mayBeLeftOut };
  const named = Object.entries(table as unknown as Readonly<Record<string, Example>>);
  return [...named, ["requestInference", byBytes] as const];
})();

/** How a call is sent or read: what every action takes. */
export const shared = {
  ...{ deployment: deploymentForTests(), account: address, nonce: 1, blockTag: "latest" },
  ...{ gas: 1n, maxFeePerGas: 1n, maxPriorityFeePerGas: 1n },
  ...{ blockNumber: 1n, fromBlock: 1n, toBlock: 1n, blockRange: 1n },
} as const;
