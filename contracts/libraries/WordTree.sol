// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Merkle trees over 32-byte words
/// @notice Binary keccak256 trees of a fixed depth D: 2^D leaves, which are the words themselves; a node is hash(left ‖ right).
/// @dev Words that nobody wrote are zero. Bytes become words in order, the last one filled with zero bytes.
///
/// Example, depth 2, data of 70 bytes, so three words w0 w1 w2 and one zero word:
///
///             root = h(n0 ‖ n1)                height 2
///            /                 \
///      n0 = h(w0 ‖ w1)    n1 = h(w2 ‖ 0)       height 1
///        /     \            /     \
///       w0     w1          w2      0           height 0, index 0 .. 3
///
/// The proof of w2 (index 2 = 0b10) is [0, n0]: siblings from the leaf upwards. Bit h of the index says on which side the node of height h
/// stands: 0 left, 1 right. `rootOf(data, 2)` is root, `nodeOf([w0, w1, w2, 0])` as well, `zeroRoot(1)` is h(0 ‖ 0).
///
/// A node can never pass for a leaf: leaves and nodes are not told apart by their hashing, but by their height, and the height is never the
/// prover's choice. A proof has exactly as many siblings as the tree has levels, a number that the verifier knows beforehand (callers
/// compare `siblings.length` with it), and every sibling lifts the value by one level. So what is shown at the bottom stands at height 0; to
/// show n1 there would need a path of D siblings from n1 to the root, hence a node of height D + 1 that equals the root, that is, a collision.
///
/// What this library does not do: it does not hash leaves, sort pairs, or accept depths that come with a proof.
library WordTree {
    /// @notice The data does not fit into a tree of this depth.
    error WordTreeDataTooLong(uint256 length, uint256 maximum);
    /// @notice The tree has no leaf of this number.
    error WordTreeIndexOutOfRange(uint256 index, uint256 depth);
    /// @notice A full set of descendants has a power of two members.
    error WordTreeChildrenNotPowerOfTwo(uint256 count);
    /// @notice No tree of the system is that deep.
    error WordTreeDepthTooLarge(uint256 depth, uint256 maximum);

    /// @notice Deepest tree that is ever built; deeper than any record allows, and small enough for sizes in bytes to stay below 2^64.
    uint256 internal constant MAX_DEPTH = 58;

    /// @notice Root of the tree over some bytes.
    /// @dev Costs one hash per pair of words, and one per level above the data.
    /// @param data The words, zero-padded here to whole words and with zero words to 2^depth.
    /// @param depth Depth of the tree.
    /// @return root The root.
    function rootOf(bytes calldata data, uint256 depth) internal pure returns (bytes32 root) {
        require(depth <= MAX_DEPTH, WordTreeDepthTooLarge(depth, MAX_DEPTH));
        uint256 maximum = uint256(32) << depth;
        require(data.length <= maximum, WordTreeDataTooLong(data.length, maximum));
        uint256 words;
        uint256 count;
        // SAFETY: works in the unallocated memory from the free pointer on: the words of the data rounded up. No sum overflows, since data.length is
        // bounded by the size of a transaction.
        assembly ("memory-safe") {
            words := mload(0x40)
            count := shr(5, add(data.length, 31))
            // The last word first, so that its padding is zero whatever the memory held. For empty data it is the only word.
            mstore(add(words, shl(5, sub(add(count, iszero(count)), 1))), 0)
            calldatacopy(words, data.offset, data.length)
        }
        return _rootOf(words, count, depth);
    }

    /// @notice Root of the tree over some words.
    /// @param leaves The words, with zero words behind them up to 2^depth.
    /// @param depth Depth of the tree.
    /// @return root The root.
    function rootOfWords(bytes32[] memory leaves, uint256 depth) internal pure returns (bytes32 root) {
        require(depth <= MAX_DEPTH, WordTreeDepthTooLarge(depth, MAX_DEPTH));
        uint256 count = leaves.length;
        require(count <= 1 << depth, WordTreeDataTooLong(32 * count, uint256(32) << depth));
        uint256 words;
        // SAFETY: works in the unallocated memory from the free pointer on, as many words as there are leaves, and one for none.
        assembly ("memory-safe") {
            words := mload(0x40)
            mstore(words, 0)
            mcopy(words, add(leaves, 32), shl(5, count))
        }
        return _rootOf(words, count, depth);
    }

    /// @notice Root that follows from one leaf and its siblings.
    /// @dev Warning: the number of siblings is the depth; callers compare it with the depth that they know.
    /// @param leaf The node at the bottom: a word, or the root of a subtree.
    /// @param index Its number among the nodes of its height, from the left.
    /// @param siblings One node per level, from the bottom upwards.
    /// @return root The node `siblings.length` levels above.
    function rootFrom(
        bytes32 leaf,
        uint256 index,
        bytes32[] calldata siblings
    ) internal pure returns (bytes32 root) {
        // A shift by 256 or more gives 0, so no length can wrap the comparison.
        require(index >> siblings.length == 0, WordTreeIndexOutOfRange(index, siblings.length));
        // SAFETY: memory is only used in the scratch space; the offsets lie within the calldata of the array.
        assembly ("memory-safe") {
            root := leaf
            let end := add(siblings.offset, shl(5, siblings.length))
            for {
                let sibling := siblings.offset
            } lt(sibling, end) {
                sibling := add(sibling, 32)
            } {
                // The node goes to 0x00 if it is a left one (bit 0), else to 0x20; the sibling to the other place.
                let side := shl(5, and(index, 1))
                mstore(side, root)
                mstore(xor(side, 0x20), calldataload(sibling))
                root := keccak256(0x00, 64)
                index := shr(1, index)
            }
        }
    }

    /// @notice The node above a full row of its descendants.
    /// @param children 2^k nodes of one height, from the left.
    /// @return node Their ancestor, k levels above; the child itself if there is only one.
    function nodeOf(bytes32[] calldata children) internal pure returns (bytes32 node) {
        uint256 count = children.length;
        require(count != 0 && count & (count - 1) == 0, WordTreeChildrenNotPowerOfTwo(count));
        // SAFETY: works in the unallocated memory from the free pointer on, `count` words of it.
        assembly ("memory-safe") {
            let words := mload(0x40)
            let size := shl(5, count)
            calldatacopy(words, children.offset, size)
            // Two pairs at a time, for as long as there are two.
            for {} gt(size, 64) {
                size := shr(1, size)
            } {
                let end := add(words, size)
                let target := words
                for {
                    let pair := words
                } lt(pair, end) {
                    pair := add(pair, 128)
                } {
                    mstore(target, keccak256(pair, 64))
                    mstore(add(target, 32), keccak256(add(pair, 64), 64))
                    target := add(target, 64)
                }
            }
            node := mload(words)
            if eq(size, 64) {
                node := keccak256(words, 64)
            }
        }
    }

    /// @notice Root of a subtree that nobody wrote to.
    /// @param height Number of levels of the subtree; 0 is the zero word itself.
    /// @return root The root.
    function zeroRoot(uint256 height) internal pure returns (bytes32 root) {
        require(height <= MAX_DEPTH, WordTreeDepthTooLarge(height, MAX_DEPTH));
        // SAFETY: memory is only used in the scratch space.
        assembly ("memory-safe") {
            for {} height {
                height := sub(height, 1)
            } {
                mstore(0x00, root)
                mstore(0x20, root)
                root := keccak256(0x00, 64)
            }
        }
    }

    /// @dev Root over `count` words, or one zero word for none, in the unallocated memory at `words`, which it writes over.
    function _rootOf(uint256 words, uint256 count, uint256 depth) private pure returns (bytes32 root) {
        // SAFETY: the rows of nodes take the place of the words; a row of odd length takes one word more, in unallocated memory as well.
        assembly ("memory-safe") {
            let zero := 0
            if iszero(count) {
                count := 1
            }
            for {
                let height := 0
            } lt(height, depth) {
                height := add(height, 1)
            } {
                let end := add(words, shl(5, count))
                if and(count, 1) {
                    mstore(end, zero)
                    end := add(end, 32)
                }
                let node := words
                for {
                    let pair := words
                } lt(pair, end) {
                    pair := add(pair, 64)
                } {
                    mstore(node, keccak256(pair, 64))
                    node := add(node, 32)
                }
                count := shr(1, add(count, 1))
                mstore(0x00, zero)
                mstore(0x20, zero)
                zero := keccak256(0x00, 64)
            }
            root := mload(words)
        }
    }
}
