import type { Mutant } from "../mutant.ts";

const delivery = { file: "periphery/ResultDelivery.sol" } as const;
const consumer = { file: "periphery/InferenceConsumer.sol" } as const;

export const peripheryMutants: readonly Mutant[] = [
  {
    ...delivery,
    bugClass: "access",
    find: "require(msg.sender == requester, DeliveryCallerNotRequester(requestId, msg.sender, requester));",
    replace: "",
  },
  {
    ...delivery,
    bugClass: "phase",
    find: "require(_hub.isResult(requestId, output), DeliveryOutputMismatch(requestId));",
    replace: "",
  },
  {
    ...delivery,
    bugClass: "re-entry",
    find: "        delivery.status = DeliveryStatus.Delivered;\n        ++delivery.attempts;",
    replace: "        ++delivery.attempts;",
  },
  {
    ...delivery,
    bugClass: "double pay",
    find: "status == DeliveryStatus.Subscribed || status == DeliveryStatus.Failed,",
    replace: "status != DeliveryStatus.None,",
  },
  {
    ...delivery,
    bugClass: "totality",
    find: "require(gasLimit >= delivery.gasLimit, DeliveryGasBelowSubscribed(gasLimit, delivery.gasLimit));",
    replace: "",
  },
  {
    ...delivery,
    bugClass: "totality",
    find: "require(available >= needed, DeliveryGasMissing(available, needed));",
    replace: "",
  },
  {
    ...delivery,
    bugClass: "totality",
    find: "            if gt(size, MAX_REASON_BYTES) {",
    replace: "            if gt(size, 0xffffffff) {",
  },
  {
    ...delivery,
    bugClass: "phase",
    find: "            delivery.status = DeliveryStatus.Failed;\n",
    replace: "",
  },
  {
    ...consumer,
    bugClass: "binding",
    find: "require(_hub.isResult(requestId, output), ConsumerOutputMismatch(requestId));",
    replace: "",
  },
  {
    ...consumer,
    bugClass: "payee",
    find: "if (status == Status.Void || request_.lock == 0 || isShared) return amount;",
    replace: "if (request_.lock == 0 || isShared) return amount;",
  },
  {
    ...delivery,
    bugClass: "boundary",
    find: "require(gasLimit <= MAX_GAS_LIMIT, DeliveryGasTooLarge(gasLimit, MAX_GAS_LIMIT));",
    replace: "",
  },
  {
    ...delivery,
    bugClass: "double pay",
    find: "            delivery.status != DeliveryStatus.Delivered,",
    replace: "            gasLimit <= MAX_GAS_LIMIT,",
  },
];
