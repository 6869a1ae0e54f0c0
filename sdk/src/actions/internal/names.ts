/** Solidity's enumerations by name. */

import { enums } from "../../abis/generated/enums.ts";
import { NodeRequestError } from "../../errors/client.ts";
import type { Outcome, Phase, Side } from "../../game/state.ts";

/** Where a request and its commitment stand. Terminal: `final`, `slashed`, `void`, `refunded`. */
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

export const REQUEST_STATUSES = enums.Status;

/** Where the delivery of a result to a contract stands: `none`, `subscribed`, `failed` (it can be tried again) or `delivered`. */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const DELIVERY_STATUSES = enums.DeliveryStatus;

export const GAME_PHASES: readonly Phase[] = enums.Phase;

export const GAME_OUTCOMES: readonly Outcome[] = enums.Outcome;

export const GAME_SIDES: readonly Side[] = enums.Side;

/** The member of an enumeration that a contract has answered with. */
export function nameOf<name extends string>(names: readonly name[], value: number): name {
  const name = names[value];
  if (name === undefined)
    throw new NodeRequestError(`it answered ${value} where one of ${names.join(", ")} is expected`);
  return name;
}
