// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DotProduct} from "../../../contracts/machine/DotProduct.sol";

/// @title Door to the fused dot product for tests
contract DotProductHarness {
    /// @notice Runs many dot products of the same length.
    /// @param starts Patterns of the accumulators, 4 bytes each, big-endian.
    /// @param a First factors of all of them, one dot product after the other, in the same form.
    /// @param b Second factors.
    /// @return results Per dot product 4 bytes for the accumulator and 4 for the number of products that were added.
    function accumulate(
        bytes calldata starts,
        bytes calldata a,
        bytes calldata b
    ) external pure returns (bytes memory results) {
        uint256 count = starts.length / 4;
        uint256 length = a.length / starts.length;
        uint256 first = _expand(a);
        uint256 second = _expand(b);
        results = new bytes(8 * count);
        for (uint256 i = 0; i < count; i++) {
            uint256 start = uint32(bytes4(starts[4 * i:4 * i + 4]));
            (uint256 result, uint256 done) = DotProduct.accumulate(
                start,
                first + 32 * length * i,
                second + 32 * length * i,
                length
            );
            bytes8 entry = bytes8(uint64((result << 32) | done));
            for (uint256 j = 0; j < 8; j++) results[8 * i + j] = entry[j];
        }
    }

    function _expand(bytes calldata packed) private pure returns (uint256 cells) {
        bytes memory room = new bytes(8 * packed.length);
        assembly ("memory-safe") {
            cells := add(room, 32)
            let cell := cells
            for {
                let source := packed.offset
                let end := add(source, packed.length)
            } lt(source, end) {
                source := add(source, 4)
            } {
                mstore(cell, shr(224, calldataload(source)))
                cell := add(cell, 32)
            }
        }
    }
}
