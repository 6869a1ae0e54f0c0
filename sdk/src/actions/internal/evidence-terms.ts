import { type Address, encodeAbiParameters, getAbiItem, type Hex, keccak256, stringToHex } from "viem";
import { getContractEvents } from "viem/actions";
import { inferenceHubAbi } from "../../abis/generated/InferenceHub.ts";
import { profilesAbi } from "../../abis/generated/Profiles.ts";
import type { Deployment } from "../../addresses.ts";
import {
  type DisputeRecord,
  EvidenceContradictedError,
  EvidenceMalformedError,
} from "../../game/evidence.ts";
import type { Profile } from "../getProfile.ts";
import { findLastLog } from "./logs.ts";
import type { AssayClient, LogParameters } from "./types.ts";

/** What was agreed on with the request: its id is the hash of all of this, and the profile's id that of the profile. Numbers are decimal text. */
export interface EvidenceTerms {
  /** The contract InferenceHub. */
  readonly hub: Address;
  /** Who asked. */
  readonly requester: Address;
  /** What was asked for. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether the chain has the input's bytes. */
  readonly inputPublished: boolean;
  /** What the result was given under: clocks, bonds and locks. */
  readonly profile: Readonly<Record<string, string>>;
}

const [PROFILE] = getAbiItem({ abi: profilesAbi, name: "idOf" }).inputs;
const REQUEST = getAbiItem({ abi: inferenceHubAbi, name: "requestIdOf" }).inputs;

/** Names of what a profile and a request's parameters hold. */
export const PROFILE_FIELDS: readonly string[] = PROFILE.components.map(({ name }) => name);
export const REQUEST_FIELDS: readonly string[] = REQUEST[1].components.map(({ name }) => name);

/** The terms of a request; nothing for a result in a batch, which has none of its own. */
export async function findTerms(
  client: AssayClient,
  parameters: LogParameters & { readonly deployment: Deployment },
  requestId: Hex,
  profile: Profile,
): Promise<EvidenceTerms | undefined> {
  const { deployment } = parameters;
  const hub = deployment.contracts.InferenceHub;
  const log = await findLastLog(client, deployment, parameters, (range) =>
    getContractEvents(client, {
      ...({ address: hub, abi: inferenceHubAbi, strict: true, eventName: "InferenceRequested" } as const),
      ...{ args: { requestId }, ...range },
    }),
  );
  if (log === undefined) return undefined;
  const { requester, parameters: asked, inputRoot, input } = log.args;
  const asText = (values: object) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
  const terms = { hub, requester, parameters: asText(asked), profile: asText(profile) };
  // Published bytes may be none at all.
  const idOf = (inputPublished: boolean): Hex =>
    requestIdOf(deployment.chainId, { ...terms, inputPublished }, inputRoot);
  return { ...terms, inputPublished: input !== "0x" || idOf(true) === requestId };
}

/**
 * Checks that terms are those of a dispute's request.
 *
 * @throws {EvidenceContradictedError} if the ids are other hashes, or the dispute is about something else
 */
export function checkTerms(
  { court, requestId, clockSeconds, commitment }: DisputeRecord,
  terms: EvidenceTerms,
): void {
  const same = (what: string, written: unknown, computed: unknown): void => {
    if (written !== computed) throw new EvidenceContradictedError(what, written, computed);
  };
  const { parameters, profile } = terms;
  same("requestId", requestId, requestIdOf(court.chainId, terms, commitment.inputRoot));
  same("profileId", parameters.profileId, hashOf("Assay profile", [PROFILE], [profile]));
  same("modelId", commitment.modelId, parameters.modelId);
  same("clockSeconds", String(clockSeconds), profile.clockSeconds);
}

function requestIdOf(
  chainId: number,
  { hub, requester, parameters, inputPublished }: Omit<EvidenceTerms, "profile">,
  inputRoot: Hex,
): Hex {
  const types = [{ type: "uint256" }, { type: "address" }, ...REQUEST];
  const values = [BigInt(chainId), hub, requester, parameters, inputRoot, inputPublished];
  return hashOf("Assay request", types, values);
}

/** Numbers may be decimal text. */
function hashOf(tag: string, types: readonly object[], values: readonly unknown[]): Hex {
  const word = { type: "bytes32" } as const;
  let encoded: Hex;
  try {
    encoded = encodeAbiParameters(
      [word, ...types] as never,
      [keccak256(stringToHex(tag)), ...values] as never,
    );
  } catch {
    throw new EvidenceMalformedError("terms", "numbers that the contracts can hold");
  }
  return keccak256(encoded);
}
