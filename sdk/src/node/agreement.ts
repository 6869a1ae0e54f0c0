/** Compares what one endpoint has shown of a request with what as many say as have to agree. */

import type { Hex } from "viem";
import type { InferenceRequest } from "../actions/getRequest.ts";
import { AssayError } from "../core/errors.ts";
import type { Tools } from "./tools.ts";

/** Endpoints do not agree with what one of them has shown: it is not acted on. */
export class DisagreementError extends AssayError {
  override readonly name = "DisagreementError";

  constructor(requestId: Hex, field: string, shown: unknown, agreed: unknown) {
    super(
      "ENDPOINT_DISAGREES",
      `One endpoint shows another ${field} of request ${requestId} than the others.`,
      {
        recovery: "Look which endpoint is wrong, and replace it.",
        isTransient: true,
        context: { requestId, field, shown: String(shown), agreed: String(agreed) },
      },
    );
  }
}

/**
 * Makes sure that a request is what one endpoint has shown, before money is put at stake for it.
 *
 * @throws {QuorumError} if too few endpoints agree on what it is
 * @throws {DisagreementError} if they agree on something else
 */
export async function assertAgreed(tools: Tools, request: InferenceRequest): Promise<void> {
  const { requestId } = request;
  const agreed = await tools.agreedRequest(requestId);
  const chainId = Number(agreed.chainId);
  if (chainId !== tools.deployment.chainId)
    throw new DisagreementError(requestId, "chain", chainId, tools.deployment.chainId);
  for (const field of ["modelId", "profileId", "inputRoot", "deadline"] as const)
    if (agreed[field] !== request[field])
      throw new DisagreementError(requestId, field, request[field], agreed[field]);
}
