// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Opening} from "./Openings.sol";

/// @notice The trees that a step can read.
struct Memory {
    /// @dev Depth of the tree of each space: input, constants, trace.
    uint256[3] depths;
    /// @dev Opened words of each.
    Opening[3] openings;
    /// @dev Depth of one tensor's part of the trace.
    uint256 wordDepth;
}

/// @notice What is known on the way through the encoding of a step.
struct Decoding {
    /// @dev Calldata offset of the next byte.
    uint256 cursor;
    /// @dev Calldata offset behind the encoding.
    uint256 end;
    /// @dev Number of the step.
    uint256 step;
    /// @dev What the step can read.
    Memory trees;
    /// @dev Extents of the tensor, then of the reduction.
    uint256[] extents;
    /// @dev How many of them are the tensor's.
    uint256 outerRank;
    /// @dev How many of the others the operands of the current list depend on: all, or none.
    uint256 rank;
    /// @dev How many extents of the reduction that are not 1 they depend on.
    uint256 advances;
    /// @dev Bytes of an affine form of that list.
    uint256 formBytes;
    /// @dev Coordinates of the element in the tensor.
    uint256[] coordinates;
    /// @dev Weight of the loads of one iteration.
    uint256 iterationGas;
    /// @dev Weight of the loads of one stretch.
    uint256 stretchGas;
    /// @dev Weight of the loads that happen once.
    uint256 outerGas;
    /// @dev Bytes that open what the step can read.
    uint256 bytesOpened;
}

/// @title Numbers of an encoding
library Encoded {
    /// @notice The 32 bytes at an offset of the calldata; zeros beyond its end.
    /// @param offset The offset.
    /// @return value The bytes.
    function word(uint256 offset) internal pure returns (uint256 value) {
        // SAFETY: does not touch memory.
        assembly ("memory-safe") {
            value := calldataload(offset)
        }
    }

    /// @notice The number in the highest 4 bytes.
    /// @param bytes_ 32 bytes.
    /// @return value The number, two's complement.
    function signed32(uint256 bytes_) internal pure returns (int256 value) {
        // SAFETY: does not touch memory.
        assembly ("memory-safe") {
            value := sar(224, bytes_)
        }
    }

    /// @notice Absolute value of a number that is not the smallest.
    /// @param value The number.
    /// @return The absolute value.
    function magnitude(int256 value) internal pure returns (uint256) {
        unchecked {
            // SAFETY: numbers here come from at most 64 bits.
            return uint256(value < 0 ? -value : value);
        }
    }
}
