// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PackedBytes} from "../../../contracts/machine/PackedBytes.sol";

/// @title Door to the arithmetic of packed bytes for tests
contract PackedBytesHarness {
    /// @notice Calls the library with the offsets of two arrays of the same length.
    function sums(
        bytes calldata a,
        bytes calldata b,
        uint256 flipA,
        uint256 flipB
    ) external pure returns (uint256 products, uint256 ofA, uint256 ofB) {
        uint256 first;
        uint256 second;
        assembly ("memory-safe") {
            first := a.offset
            second := b.offset
        }
        return PackedBytes.sums(first, second, flipA, flipB, a.length);
    }
}
