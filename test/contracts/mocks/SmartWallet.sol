// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice An account that is a contract, and does several things in one transaction.
contract SmartWallet {
    /// @notice One of the calls failed.
    error SmartWalletCallFailed(uint256 place, bytes reason);

    function execute(address[] calldata targets, bytes[] calldata calls) external {
        for (uint256 i = 0; i < targets.length; ++i) {
            // solhint-disable-next-line avoid-low-level-calls
            (bool ok, bytes memory reason) = targets[i].call(calls[i]);
            require(ok, SmartWalletCallFailed(i, reason));
        }
    }
}
