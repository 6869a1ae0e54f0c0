// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Shares of amounts in 1/10,000
library Shares {
    /// @notice The whole, in 1/10,000.
    uint256 internal constant WHOLE_BPS = 10_000;

    /// @notice A share of an amount, rounded down. What remains is computed by subtraction, so that nothing is lost.
    /// @param amount At most 2^96 - 1, so that no product overflows.
    /// @param shareBps The share in 1/10,000, at most the whole.
    /// @return The share.
    function shareDown(uint256 amount, uint256 shareBps) internal pure returns (uint256) {
        return (amount * shareBps) / WHOLE_BPS;
    }
}
