import { type Hex, isAddressEqual, type Log } from "viem";
import type { ContractName } from "../../addresses.ts";
import { isHex } from "../../core/bytes.ts";
import { ReceiptMismatchError } from "../../errors/protocol.ts";
import { listOf, record, shape, text } from "./check.ts";
import { givenDeployment } from "./deployment.ts";
import type { DeploymentParameter } from "./types.ts";

/** A receipt of viem or of ethers, as far as it is looked at. */
export interface ReceiptLike {
  /** Events in the order in which they were emitted. */
  readonly logs: readonly {
    readonly address: string;
    readonly topics: readonly string[];
    readonly data: string;
  }[];
}

/** Where a log stands does not matter for reading it. */
const unplaced = {
  blockHash: null,
  blockNumber: null,
  logIndex: null,
  transactionHash: null,
  transactionIndex: null,
  removed: false,
};

const LOG = shape({ address: text, topics: listOf(text), data: text });

/** The logs that one contract of the deployment emitted; events of other contracts prove nothing. */
export function logsOf(receipt: ReceiptLike, parameters: DeploymentParameter, contract: ContractName): Log[] {
  record(parameters, "parameters");
  shape({ logs: listOf(LOG) })(receipt, "receipt");
  const address = givenDeployment(parameters).contracts[contract];
  const logs: Log[] = [];
  for (const log of receipt.logs) {
    if (!isHex(log.address, 20) || !isHex(log.data) || !isAddressEqual(log.address, address)) continue;
    logs.push({ ...unplaced, address: log.address, topics: log.topics as [Hex, ...Hex[]], data: log.data });
  }
  return logs;
}

/** The only event of this name that the contract emitted in the transaction. */
export function eventOf<event>(
  events: readonly event[],
  eventName: string,
  parameters: DeploymentParameter,
  contract: ContractName,
): event {
  const [event] = events;
  if (event === undefined) {
    throw new ReceiptMismatchError(eventName, contract, givenDeployment(parameters).contracts[contract]);
  }
  return event;
}
