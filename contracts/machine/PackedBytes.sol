// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev Every second byte of a word, the lowest one included.
uint256 constant EVEN_BYTES = 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff;

/// @title Arithmetic of 32 bytes at once
library PackedBytes {
    /// @notice Bytes that are added up at once: their products are below 2^16, so sums of so many are below 2^32.
    uint256 internal constant MAX_BYTES = 65_536;
    uint256 private constant LANES = 0x000000ff000000ff000000ff000000ff000000ff000000ff000000ff000000ff;
    uint256 private constant PAIR_ONES = 0x0001000100010001000100010001000100010001000100010001000100010001;
    uint256 private constant ODD_LANES = 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff;
    uint256 private constant ODD_PAIRS = 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff;

    /// @notice Sums of products and of bytes, all of them unsigned.
    /// @dev 32 bytes make 4 times 8 lanes of 32 bits: every fourth byte, by itself in its lane. The product of two such words, the one with its lanes in
    /// reverse order, has in its highest lane the sum of the 8 products of equal lanes. In lower lanes there are 7 other products at most, so
    /// from no lane anything is carried into the next one, as long as no more than MAX_BYTES bytes are added up.
    /// @param a Calldata offset of the first bytes.
    /// @param b Calldata offset of the second bytes.
    /// @param flipA Bits to invert in 32 of the first bytes.
    /// @param flipB Bits to invert in 32 of the second bytes.
    /// @param n Number of bytes of each, at most MAX_BYTES.
    /// @return products Sum of the products, modulo 2^32 and below it.
    /// @return ofA Sum of the first bytes.
    /// @return ofB Sum of the second bytes.
    function sums(
        uint256 a,
        uint256 b,
        uint256 flipA,
        uint256 flipB,
        uint256 n
    ) internal pure returns (uint256 products, uint256 ofA, uint256 ofB) {
        // SAFETY: does not touch memory.
        assembly ("memory-safe") {
            b := sub(b, a)
            for {} n {
                a := add(a, 32)
                n := sub(n, 32)
            } {
                let x := xor(calldataload(a), flipA)
                let y := xor(calldataload(add(a, b)), flipB)
                if lt(n, 32) {
                    // What is behind the last byte counts for nothing.
                    n := sub(256, shl(3, n))
                    x := shl(n, shr(n, x))
                    y := shl(n, shr(n, y))
                    n := 32
                }
                // Pairs of neighbours are below 2^9, and the sum of all 16 of them, the highest lane of the product, is below 2^16.
                ofA := add(ofA, shr(240, mul(add(and(x, EVEN_BYTES), and(shr(8, x), EVEN_BYTES)), PAIR_ONES)))
                ofB := add(ofB, shr(240, mul(add(and(y, EVEN_BYTES), and(shr(8, y), EVEN_BYTES)), PAIR_ONES)))
                y := or(shl(128, y), shr(128, y))
                y := or(shl(64, and(y, ODD_PAIRS)), and(shr(64, y), ODD_PAIRS))
                y := or(shl(32, and(y, ODD_LANES)), and(shr(32, y), ODD_LANES))
                products := add(products, mul(and(x, LANES), and(y, LANES)))
                products := add(products, mul(and(shr(8, x), LANES), and(shr(8, y), LANES)))
                products := add(products, mul(and(shr(16, x), LANES), and(shr(16, y), LANES)))
                products := add(products, mul(and(shr(24, x), LANES), and(shr(24, y), LANES)))
            }
            products := shr(224, products)
        }
    }
}
