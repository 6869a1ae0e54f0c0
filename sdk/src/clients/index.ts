/** `@assay/sdk/clients`: the actions bound to a viem client, by role. */

export { type ChallengerActions, challengerActions } from "./challengerActions.ts";
export { type OperatorActions, operatorActions } from "./operatorActions.ts";
export { type PublicActions, publicActions } from "./publicActions.ts";
export { type PublisherActions, publisherActions } from "./publisherActions.ts";
export { type RequesterActions, requesterActions } from "./requesterActions.ts";
