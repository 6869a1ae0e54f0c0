// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {WordTree} from "../libraries/WordTree.sol";

/// @title What moves show: rows of nodes
/// @notice A row is the nodes k = min(4, depth - level) levels below a node. Whoever shows one cannot choose it: it has to hash to the node.
library GameMoves {
    /// @notice The row has not as many nodes as its level demands.
    error GameRowLengthMismatch(uint256 actual, uint256 expected);
    /// @notice The row does not hash to the node that it stands below.
    error GameRowMismatch(bytes32 computed, bytes32 node);

    /// @notice Levels that one move descends. With more, calldata costs more than the moves that are saved.
    uint256 internal constant LEVELS_PER_MOVE = 4;

    /// @notice Levels from a node to the row below it.
    /// @param level Level of the node.
    /// @param depth Level of the leaves.
    /// @return Zero for a leaf.
    function rowHeight(uint256 level, uint256 depth) internal pure returns (uint256) {
        uint256 rest = depth - level;
        return rest < LEVELS_PER_MOVE ? rest : LEVELS_PER_MOVE;
    }

    /// @notice Reverts unless `row` is the row below `node`. Below a leaf there is none: the row is empty.
    /// @param row What a move shows.
    /// @param node The node that it has to hash to.
    /// @param level Level of the node.
    /// @param depth Level of the leaves.
    function checkRow(bytes32[] calldata row, bytes32 node, uint256 level, uint256 depth) internal pure {
        uint256 height = rowHeight(level, depth);
        uint256 length = height == 0 ? 0 : 1 << height;
        // INVARIANT: the length comes from the level, so that a row stands where it claims to stand.
        require(row.length == length, GameRowLengthMismatch(row.length, length));
        if (length == 0) return;
        bytes32 computed = WordTree.nodeOf(row);
        require(computed == node, GameRowMismatch(computed, node));
    }

    /// @notice Place of the first node in which two rows differ.
    /// @param a One row.
    /// @param b Another one of the same length, below another node; hence they differ somewhere.
    /// @return place The place.
    function firstDifference(
        bytes32[] calldata a,
        bytes32[] calldata b
    ) internal pure returns (uint256 place) {
        // SAFETY: the rows differ, so place stays below their length.
        assembly ("memory-safe") {
            let source := a.offset
            let distance := sub(b.offset, source)
            for {} eq(calldataload(source), calldataload(add(source, distance))) {} {
                source := add(source, 32)
            }
            place := shr(5, sub(source, a.offset))
        }
    }

    /// @notice Place of the first byte in which two words differ.
    /// @param a One word.
    /// @param b Another one, which differs.
    /// @return place 0 for the most significant byte, which is the first one of a tensor's word, to 31.
    function firstDifferentByte(bytes32 a, bytes32 b) internal pure returns (uint256 place) {
        uint256 difference = uint256(a ^ b);
        unchecked {
            // SAFETY: the words differ, so place stays below 32.
            for (; difference >> 248 == 0; difference <<= 8) ++place;
        }
    }

    /// @notice The element of a word that contains a byte.
    /// @param word A word of a tensor.
    /// @param place The byte, 0 to 31.
    /// @param size Bytes of an element, a divisor of 32.
    /// @return value Its bytes as a little-endian number.
    function elementAt(bytes32 word, uint256 place, uint256 size) internal pure returns (uint32 value) {
        uint256 first = place - (place % size);
        unchecked {
            // SAFETY: the element ends within the word, since its size divides 32.
            uint256 rest = uint256(word) >> (8 * (32 - first - size));
            for (; size > 0; --size) {
                value = (value << 8) | uint8(rest);
                rest >>= 8;
            }
        }
    }
}
