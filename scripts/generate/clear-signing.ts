import { type AbiParameter, toFunctionSignature } from "viem";
import { INTERNAL } from "./abis.ts";
import { type DeploymentFile, publicDeployments } from "./deployments.ts";
import { type Generator, textFile } from "./generator.ts";
import { type ProtocolContract, protocol } from "./protocol.ts";

/** What a wallet says that a call is for, by contract and function. */
export const INTENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  StakeVault: {
    deposit: "Deposit tokens into the vault",
    depositWithPermit: "Deposit tokens into the vault",
    withdraw: "Withdraw tokens from the vault",
    stake: "Stake on answers",
    requestUnstake: "Begin to take stake out",
    cancelUnstake: "Take an exit back into the stake",
    completeUnstake: "Complete an exit",
    transferStake: "Give unlocked stake to another owner",
    setSigner: "Name the key that answers with this stake",
    setPayout: "Name the account that is paid",
    sweepBurned: "Destroy what has been burned",
  },
  InferenceHub: {
    request: "Ask for an inference",
    requestByRoot: "Ask for an inference",
    reopen: "Give a request a new deadline",
    accept: "Accept a request, and lock stake",
    acceptFor: "Accept a request, and lock stake",
    commit: "Answer a request",
    commitByRoot: "Answer a request",
    commitBatch: "Answer many requests",
    publishBatch: "Answer many requests",
    postTrace: "Bind an answer to its trace",
    expire: "Refund a request that nobody answered",
    settle: "Record how a request ended",
    settleBatch: "Record how a batch ended",
    linkResult: "Bind a result of a batch to its request",
    showResult: "Show a result of a batch",
  },
  DisputeGame: {
    open: "Challenge a result, and stake a bond",
    demandInput: "Demand an input, and stake a bond",
    publishInput: "Publish an input that is demanded",
    reveal: "Reveal a challenge",
    answer: "Move in a dispute",
    step: "Have the chain compute the disputed element",
    convict: "Convict an operator by its own trace",
    quit: "Leave a dispute",
    timeout: "End a dispute whose clock has run out",
    claimReward: "Collect a reward",
    claimRefund: "Pay the defenders of a result",
  },
};

interface Format {
  readonly format: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** In the deployment's token, whose decimals and symbol a wallet knows by its address. */
const TOKENS = { format: "tokenAmount", params: { token: "$.metadata.constants.token" } } as const;
const DATE = { format: "date", params: { encoding: "timestamp" } } as const;
const ADDRESS = { format: "addressName", params: { types: ["eoa", "contract"] } } as const;
const RAW = { format: "raw" } as const;

/** How a value is shown, by the name that it has in every function. What is not here can only be told by the SDK, and is left out. */
const SHOWN: Readonly<Record<string, readonly [label: string, format: Format]>> = {
  amount: ["Amount", TOKENS],
  fee: ["Fee", TOKENS],
  minStake: ["Smallest stake of the operator", TOKENS],
  deadline: ["Until", DATE],
  account: ["For", ADDRESS],
  to: ["To", ADDRESS],
  signer: ["Key", ADDRESS],
  payout: ["Paid account", ADDRESS],
  operator: ["Operator", ADDRESS],
  ticketId: ["Exit", RAW],
  count: ["Results", RAW],
  requestId: ["Request", RAW],
  gameId: ["Dispute", RAW],
  modelId: ["Model", RAW],
  profileId: ["Profile", RAW],
  outputRoot: ["Root of the output", RAW],
  inputUri: ["Input", RAW],
  outputUri: ["Output", RAW],
};

/** Descriptors of calls for wallets, after ERC-7730: what is signed, in words. */
export const clearSigning: Generator = {
  name: "clear-signing",
  generate: async () => {
    const { contracts } = await protocol();
    const signed = contracts.filter(({ name }) => name in INTENTS);
    const places = publicDeployments();
    // Each chain has a token of its own, and a descriptor has one for all of its amounts.
    return (places.length === 0 ? [undefined] : places).flatMap((place) =>
      signed.map((contract) => {
        const path = `sdk/ops/erc7730/calldata-${contract.name}${place === undefined ? "" : `-${place.chainId}`}.json`;
        return textFile(path, `${JSON.stringify(clearSigningDescriptor(contract, place), null, 2)}\n`);
      }),
    );
  },
};

/** What a wallet has to know of the calls of a contract. Without a deployment it applies to none, and amounts are in an unknown token. */
export function clearSigningDescriptor(
  contract: Pick<ProtocolContract, "name" | "abi">,
  place: DeploymentFile | undefined,
) {
  const { name } = contract;
  const intents = INTENTS[name] ?? {};
  const calls = callsOf(contract);
  const missing = calls.filter((call) => intents[call.name] === undefined);
  if (missing.length > 0) throw new Error(`${name} has no intent of ${missing.map((one) => one.name)}`);
  const address = place?.contracts[name]?.address;
  const token = place?.contracts.AssayToken?.address;
  const deployments =
    place === undefined || address === undefined ? [] : [{ chainId: place.chainId, address }];
  const formats = calls.map((call) => [
    toFunctionSignature(call as never),
    { intent: intents[call.name], ...fieldsOf(call.inputs, token !== undefined) },
  ]);
  return {
    $schema: "https://eips.ethereum.org/assets/eip-7730/erc7730-v1.schema.json",
    context: { $id: `Assay ${name}`, contract: { deployments, abi: calls } },
    metadata: { owner: "Assay", ...(token === undefined ? {} : { constants: { token } }) },
    display: { formats: Object.fromEntries(formats) },
  };
}

interface Call {
  readonly type: string;
  readonly name: string;
  readonly stateMutability: string;
  readonly inputs: readonly AbiParameter[];
}

/** What people call and sign. */
function callsOf({ name, abi }: ProtocolContract): readonly Call[] {
  const isCall = (item: unknown): item is Call => {
    const { type, stateMutability, name: called } = item as Call;
    return (
      type === "function" && stateMutability === "nonpayable" && INTERNAL[name]?.includes(called) !== true
    );
  };
  const withoutNames = JSON.stringify(abi, (key, value) => (key === "internalType" ? undefined : value));
  return (JSON.parse(withoutNames) as readonly unknown[]).filter(isCall);
}

function fieldsOf(inputs: readonly AbiParameter[], hasToken: boolean) {
  const values = inputs.flatMap((input) => valuesOf(input, ""));
  const fields = values.flatMap(({ path, name, type }) => {
    const [label, format] = SHOWN[name] ?? [];
    // A permit's end may be no moment at all.
    const isShown = format !== undefined && (format !== DATE || type === "uint40");
    const known = format === TOKENS && !hasToken ? { format: TOKENS.format } : format;
    return isShown ? [{ path, label, ...known }] : [];
  });
  const required = fields.map(({ path }) => path);
  const excluded = values.map(({ path }) => path).filter((path) => !required.includes(path));
  return { fields, required, excluded };
}

/** The values in a parameter; a list is one, since nobody reads hundreds of results on a small screen. */
function valuesOf(
  parameter: AbiParameter,
  prefix: string,
): readonly { readonly path: string; readonly name: string; readonly type: string }[] {
  const { name = "", type } = parameter;
  const path = `${prefix}${name}`;
  if (type !== "tuple" || !("components" in parameter)) return [{ path, name, type }];
  return parameter.components.flatMap((component) => valuesOf(component, `${path}.`));
}
