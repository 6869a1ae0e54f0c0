// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Columns of registers
/// @notice What all columns have in common; what they are is explained at {Float32}.
library Columns {
    /// @notice Writes the same value to some neighbouring cells.
    /// @param target Address of the first one.
    /// @param size Bytes of all of them, a multiple of 32 and not 0.
    /// @param value The value.
    function fill(uint256 target, uint256 size, uint256 value) internal pure {
        // SAFETY: writes the cells only, which the caller owns.
        assembly ("memory-safe") {
            mstore(target, value)
            // What is filled doubles until the rest is smaller.
            for {
                let filled := 32
            } lt(filled, size) {} {
                let rest := sub(size, filled)
                if gt(rest, filled) {
                    rest := filled
                }
                mcopy(add(target, filled), target, rest)
                filled := add(filled, rest)
            }
        }
    }
}
