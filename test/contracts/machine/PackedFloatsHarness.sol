// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PackedFloats} from "../../../contracts/machine/PackedFloats.sol";

/// @title Door to the dot product of packed floats for tests
contract PackedFloatsHarness {
    /// @notice Runs many dot products of the same length.
    /// @param starts Patterns of the accumulators, 4 bytes each, big-endian.
    /// @param a First factors of all of them, one dot product after the other, 4 bytes each, little-endian.
    /// @param b Second factors.
    /// @return results Per dot product 4 bytes for the accumulator and 4 for the number of products that were added.
    function accumulate(
        bytes calldata starts,
        bytes calldata a,
        bytes calldata b
    ) external pure returns (bytes memory results) {
        uint256 count = starts.length / 4;
        uint256 length = a.length / starts.length;
        results = new bytes(8 * count);
        for (uint256 i = 0; i < count; i++) {
            uint256 first;
            uint256 second;
            assembly ("memory-safe") {
                let offset := mul(4, mul(length, i))
                first := add(a.offset, offset)
                second := add(b.offset, offset)
            }
            uint256 start = uint32(bytes4(starts[4 * i:4 * i + 4]));
            (uint256 result, uint256 done) = PackedFloats.accumulate(start, first, second, length);
            bytes8 entry = bytes8(uint64((result << 32) | done));
            for (uint256 j = 0; j < 8; j++) results[8 * i + j] = entry[j];
        }
    }
}
