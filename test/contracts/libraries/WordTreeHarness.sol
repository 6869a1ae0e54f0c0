// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {WordTree} from "../../../contracts/libraries/WordTree.sol";

/// @title Door to the word trees for tests
/// @dev Before every call the unallocated memory is filled with ones, so that nothing can rely on it being zero.
contract WordTreeHarness {
    /// @notice The memory after a call is not as it must be.
    error MemoryBroken(uint256 freePointer, uint256 expected);

    uint256 private constant DIRTY_BYTES = 8192;

    modifier brutalized() {
        uint256 expected;
        assembly ("memory-safe") {
            expected := mload(0x40)
            for {
                let i := 0
            } lt(i, DIRTY_BYTES) {
                i := add(i, 32)
            } {
                mstore(add(expected, i), not(0))
            }
            mstore(0x00, not(0))
            mstore(0x20, not(0))
        }
        _;
        uint256 freePointer;
        assembly ("memory-safe") {
            freePointer := mload(0x40)
        }
        require(freePointer == expected, MemoryBroken(freePointer, expected));
    }

    function rootOf(bytes calldata data, uint256 depth) external pure brutalized returns (bytes32 root) {
        root = WordTree.rootOf(data, depth);
    }

    function rootOfWords(bytes32[] memory leaves, uint256 depth) external pure returns (bytes32 root) {
        root = WordTree.rootOfWords(leaves, depth);
    }

    function rootFrom(
        bytes32 leaf,
        uint256 index,
        bytes32[] calldata siblings
    ) external pure brutalized returns (bytes32 root) {
        root = WordTree.rootFrom(leaf, index, siblings);
    }

    function nodeOf(bytes32[] calldata children) external pure brutalized returns (bytes32 node) {
        node = WordTree.nodeOf(children);
    }

    function zeroRoot(uint256 height) external pure brutalized returns (bytes32 root) {
        root = WordTree.zeroRoot(height);
    }

    /// @notice Gas of {WordTree.rootOf} alone.
    function gasOfRootOf(bytes calldata data, uint256 depth) external view returns (uint256) {
        uint256 before = gasleft();
        WordTree.rootOf(data, depth);
        return before - gasleft();
    }
}
