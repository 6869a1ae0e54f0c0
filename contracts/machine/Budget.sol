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
    uint256 internal constant STEP = 200_000;
    /// @notice Per byte of the encoding.
    uint256 internal constant BYTE = 60;
    /// @notice Per iteration of the reduction.
    uint256 internal constant ITERATION = 250;
    /// @notice Per 32 bytes of openings.
    uint256 internal constant WORD = 1_100;

    uint256 private constant LOAD = 700;
    uint256 private constant GUARD = 150;
    uint256 private constant TERM = 20;
    uint256 private constant INDEXED = 300;

    uint256 private constant OP_LINEAR = 1_200;
    uint256 private constant OP_QUOTIENT = 2_500;
    uint256 private constant OP_FLOAT = 700;
    uint256 private constant OP_OTHER = 350;

    /// @notice Weight of one load of an operand.
    /// @param guards Its number of guards.
    /// @param terms Number of strides of each of its affine forms.
    /// @param isIndexed Whether its address depends on a register.
    /// @return gas The weight.
    function load(uint256 guards, uint256 terms, bool isIndexed) internal pure returns (uint256 gas) {
        unchecked {
            // SAFETY: guards are at most 8 and terms at most 16.
            gas = LOAD + guards * GUARD + terms * (1 + guards) * TERM;
            if (isIndexed) gas += INDEXED;
        }
    }

    /// @notice Weight of one operation.
    /// @param op Its code.
    /// @return gas The weight.
    function operation(uint256 op) internal pure returns (uint256 gas) {
        if (op >= 0x10 && op <= 0x12) return OP_LINEAR;
        if (op == 0x13 || op == 0x14) return OP_QUOTIENT;
        if (op >= 0x15 && op <= 0x1c) return OP_FLOAT;
        if (op >= 0x20 && op <= 0x25) return OP_FLOAT;
        if (op >= 0x50 && op <= 0x53) return OP_FLOAT;
        return OP_OTHER;
    }

    /// @notice Weight of a list of instructions.
    /// @param offset Where it stands in the calldata.
    /// @param length Number of instructions, 4 bytes each, the first one being the code.
    /// @return gas The weight.
    function tape(uint256 offset, uint256 length) internal pure returns (uint256 gas) {
        unchecked {
            // SAFETY: length is below 2^16.
            for (uint256 i = 0; i < length; ++i) {
                uint256 op;
                // SAFETY: does not touch memory.
                assembly ("memory-safe") {
                    op := byte(0, calldataload(add(offset, shl(2, i))))
                }
                gas += operation(op);
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
