import type { AssayClient, DeploymentParameter } from "../actions/internal/types.ts";
import type { Deployment } from "../addresses.ts";

/** Binds actions to a client and to a deployment, which a call can still name itself. */
export function binder(client: AssayClient, deployment: Deployment | undefined) {
  return <parameters extends DeploymentParameter, result>(
    action: (client: AssayClient, parameters: parameters) => result,
  ): ((parameters: parameters) => result) => {
    if (deployment === undefined) return (parameters) => action(client, parameters);
    return (parameters) => action(client, { deployment, ...parameters });
  };
}
