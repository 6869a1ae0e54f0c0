/** An operator whose stake is another account's: the owner keeps its key cold, and names who signs for it. */

import { type Address, isAddressEqual } from "viem";
import { getAccount } from "../actions/getAccount.ts";
import { AssayError } from "../core/errors.ts";
import type { Sending, Tools } from "./tools.ts";

/** The owner of the stake has not named the daemon's key as its signer. */
export class SignerNotNamedError extends AssayError {
  override readonly name = "SignerNotNamedError";

  constructor(owner: Address, signer: Address, named: Address | null) {
    const instead = named === null ? "nobody" : named;
    super("SIGNER_NOT_NAMED", `${owner} has named ${instead} as its signer, not ${signer}.`, {
      recovery: `Have the owner run \`assay account signer ${signer}\`, or correct \`owner\`.`,
      context: { owner, signer, named },
    });
  }
}

/**
 * Makes sure that the key may work with the owner's stake, by as many endpoints as have to agree.
 *
 * @throws {SignerNotNamedError} if it may not
 */
export async function checkOwner({ rpc, deployment }: Tools, { signer, account }: Sending): Promise<void> {
  if (isAddressEqual(account, signer.address)) return;
  const named = await rpc.agree("the owner's signer", async (client) => {
    const { signer: found } = await getAccount(client, { deployment, address: account });
    return found ?? null;
  });
  if (named === null || !isAddressEqual(named, signer.address))
    throw new SignerNotNamedError(account, signer.address, named);
}
