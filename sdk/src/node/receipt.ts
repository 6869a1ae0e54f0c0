/** What an operator signs for an answer that was asked for over HTTP: that it will commit to it, in a batch, before a stated time. */

import { type Address, type Hex, recoverTypedDataAddress } from "viem";
import type { Deployment } from "../addresses.ts";

/** The promise. Whoever shows it with a chain that has no such commitment shows that the operator did not keep its word. */
export interface AnswerReceipt {
  /** 32 bytes of the requester's choice, which name the answer. */
  readonly requestId: Hex;
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
  /** Id of the profile: a hash of 32 bytes over its parameters. */
  readonly profileId: Hex;
  /** Root of the tree over the words of the input, 32 bytes. */
  readonly inputRoot: Hex;
  /** Root of the tree over the words of the output, 32 bytes. */
  readonly outputRoot: Hex;
  /** Unix second before which the batch is committed to. */
  readonly commitBefore: number;
}

/** A receipt as EIP-712 has it signed: bound to the chain and the hub. */
export function receiptTypedData({ chainId, contracts }: Deployment, receipt: AnswerReceipt) {
  return {
    domain: { name: "Assay", version: "1", chainId, verifyingContract: contracts.InferenceHub },
    types: {
      AnswerReceipt: [
        { name: "requestId", type: "bytes32" },
        { name: "modelId", type: "bytes32" },
        { name: "profileId", type: "bytes32" },
        { name: "inputRoot", type: "bytes32" },
        { name: "outputRoot", type: "bytes32" },
        { name: "commitBefore", type: "uint64" },
      ],
    },
    primaryType: "AnswerReceipt",
    message: { ...receipt, commitBefore: BigInt(receipt.commitBefore) },
  } as const;
}

/** Who has signed a receipt. */
export function receiptSigner(
  deployment: Deployment,
  receipt: AnswerReceipt,
  signature: Hex,
): Promise<Address> {
  return recoverTypedDataAddress({ ...receiptTypedData(deployment, receipt), signature });
}
