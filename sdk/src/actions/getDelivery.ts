import { type Address, type Hex, zeroAddress } from "viem";
import { readContract } from "viem/actions";
import { checked, word } from "./internal/check.ts";
import { loadResultDeliveryAbi } from "./internal/late-abis.ts";
import { DELIVERY_STATUSES, type DeliveryStatus, nameOf } from "./internal/names.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getDelivery} takes. */
export interface GetDeliveryParameters extends ReadParameters {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
}

/** Where the delivery of a result to a contract stands. */
export interface GetDeliveryReturnType {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** `none` if nobody has subscribed. */
  readonly status: DeliveryStatus;
  /** Who gets the result; `undefined` if nobody has subscribed. */
  readonly receiver: Address | undefined;
  /** Gas that the receiver gets, at least. */
  readonly gasLimit: number;
  /** How often it was tried. */
  readonly attempts: number;
}

/** What {@link getDelivery} can fail with. */
export type GetDeliveryErrorType = ReadErrorType;

/** Whether a result is to be brought to a contract, and whether it was. */
export async function getDelivery(
  client: AssayClient,
  parameters: GetDeliveryParameters,
): Promise<GetDeliveryReturnType> {
  const { requestId } = checked(parameters, { requestId: word });
  const { receiver, status, ...counts } = await readContractAction(
    client,
    parameters,
    "ResultDelivery",
    async (address, block) => {
      const abi = await loadResultDeliveryAbi();
      const call = { address, abi, functionName: "deliveryOf", ...block } as const;
      return readContract(client, { ...call, args: [requestId] });
    },
  );
  return {
    requestId,
    ...counts,
    status: nameOf(DELIVERY_STATUSES, status),
    receiver: receiver === zeroAddress ? undefined : receiver,
  };
}
