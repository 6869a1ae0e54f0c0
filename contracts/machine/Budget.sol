// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Bound on what proving one element can cost
/// @notice Section 5 of the machine's specification: computed from a step's encoding and the record's depths only, and part of the machine's meaning,
/// since a step that exceeds it writes zeros.
/// @dev Every weight bounds measured gas with about a fifth of room; a test holds the worst steps that are legal against the cap of a transaction.
library Budget {
    /// @notice Gas that one step may be weighed at.
    uint256 internal constant MAX_GAS = 12_000_000;
    /// @notice Bytes of openings that one step may be weighed at.
    uint256 internal constant MAX_BYTES = 96_000;

    /// @notice Per step.
    uint256 internal constant STEP = 250_000;
    /// @notice Per byte of the encoding.
    uint256 internal constant BYTE = 300;
    /// @notice Per stretch of a row of the reduction, at most BLOCK iterations long.
    uint256 internal constant STRETCH = 700;
    /// @notice Per operand and stretch, or once if it is an outer one.
    uint256 internal constant LOAD = 1_500;
    /// @notice The same per guard.
    uint256 internal constant GUARD = 550;
    /// @notice Per operand and iteration if neighbouring iterations read neighbouring elements, or the same.
    uint256 internal constant NEAR = 90;
    /// @notice Per operand and iteration otherwise.
    uint256 internal constant FAR = 2_000;
    /// @notice Per 32 bytes of openings.
    uint256 internal constant WORD = 1_100;

    /// @dev Weights of the families of operations, 16 bits each, family 0 in the lowest: others 200; f32 add, sub and sqrt 820; f32 mul and div 1,050;
    /// other f32 500.
    uint256 private constant WEIGHTS = 0x1f4041a033400c8;
    /// @dev Family of each code below 128, 2 bits each, code 0 in the lowest.
    uint256 private constant FAMILIES = 0x0000000000000000000000ff000000000000000000000fff03fffda500000000;

    /// @notice Iterations that a block has at least if there are more, so that this many end at least one stretch.
    uint256 internal constant BLOCK = 32;

    /// @notice Weight of one operation.
    /// @param op Its code.
    /// @return weight The weight.
    function operation(uint256 op) internal pure returns (uint256 weight) {
        // SAFETY: does not touch memory. A shift by 256 or more gives 0, the family of every other code.
        assembly ("memory-safe") {
            weight := and(shr(shl(4, and(shr(shl(1, op), FAMILIES), 3)), WEIGHTS), 0xffff)
        }
    }

    /// @notice Weight of a list of instructions.
    /// @param offset Where it stands in the calldata.
    /// @param length Number of instructions, 4 bytes each, the first one being the code.
    /// @return weight The weight.
    function tape(uint256 offset, uint256 length) internal pure returns (uint256 weight) {
        // SAFETY: does not touch memory. Weights are below 2^16 and lengths too.
        assembly ("memory-safe") {
            for {
                let end := add(offset, shl(2, length))
            } lt(offset, end) {
                offset := add(offset, 4)
            } {
                let op := byte(0, calldataload(offset))
                weight := add(weight, and(shr(shl(4, and(shr(shl(1, op), FAMILIES), 3)), WEIGHTS), 0xffff))
            }
        }
    }

    /// @notice Bytes that open some runs of words.
    /// @param runs Number of runs, at most 2^24.
    /// @param words Number of words of each, below 2^50.
    /// @param depth Depth of the tree, at most 40.
    /// @return The bytes.
    function openingBytes(uint256 runs, uint256 words, uint256 depth) internal pure returns (uint256) {
        unchecked {
            // SAFETY: the product is below 2^80.
            return runs * (32 * words + 64 * depth + 8);
        }
    }
}
