import { type Address, type Hex, zeroAddress } from "viem";
import { readContract } from "viem/actions";
import { resultDeliveryAbi } from "../abis/generated/ResultDelivery.ts";
import { checked, word } from "./internal/check.ts";
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
    (address, block) =>
      readContract(client, {
        address,
        abi: resultDeliveryAbi,
        functionName: "deliveryOf",
        args: [requestId],
        ...block,
      }),
  );
  return {
    requestId,
    ...counts,
    status: nameOf(DELIVERY_STATUSES, status),
    receiver: receiver === zeroAddress ? undefined : receiver,
  };
}
