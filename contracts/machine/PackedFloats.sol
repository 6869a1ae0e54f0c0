// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Used in assembly only, where the linter does not look.
// solhint-disable-next-line no-unused-import
import {F32_LEADING, F32_MAGNITUDE, F32_SIGN} from "./Float32.sol";
// solhint-disable-next-line no-unused-import
import {EVEN_BYTES} from "./PackedBytes.sol";

/// @title Products of floats that stand in the calldata, added up from left to right
/// @notice The same bits as {DotProduct}, which explains how the accumulator is kept, at less gas: words are not taken apart before everything is known
/// of 8 factors that can be known of all of them at once.
library PackedFloats {
    /// @dev As in {DotProduct}.
    uint256 private constant MAX_PLACE = 221;

    uint256 private constant EVEN_PAIRS = 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff;
    // Per lane of 32 bits.
    uint256 private constant SIGNS = 0x8000000080000000800000008000000080000000800000008000000080000000;
    uint256 private constant MAGNITUDES = 0x7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff;
    uint256 private constant FRACTIONS = 0x007fffff007fffff007fffff007fffff007fffff007fffff007fffff007fffff;
    uint256 private constant LOWEST_BYTES =
        0x000000ff000000ff000000ff000000ff000000ff000000ff000000ff000000ff;
    // What makes bit 31 of a lane: added to a magnitude, if it is infinite or NaN; if it is neither subnormal nor zero. Added to the sum of two
    // stored exponents, if that is 130 or more; if it is 349 or more.
    uint256 private constant TO_INFINITY = 0x0080000000800000008000000080000000800000008000000080000000800000;
    uint256 private constant TO_NORMAL = 0x7f8000007f8000007f8000007f8000007f8000007f8000007f8000007f800000;
    uint256 private constant TO_LEAST = 0x7fffff7e7fffff7e7fffff7e7fffff7e7fffff7e7fffff7e7fffff7e7fffff7e;
    uint256 private constant THREES = 0x0000000300000003000000030000000300000003000000030000000300000003;
    uint256 private constant TO_MOST = 0x7ffffea37ffffea37ffffea37ffffea37ffffea37ffffea37ffffea37ffffea3;

    /// @notice Adds products to an accumulator for as long as everything is ordinary.
    /// @dev What is not: infinities, NaN, products below 2^-124 but not zero, starts and products of 2^96 and more, a start of -0, subnormal
    /// factors unless the other one is zero. One of 8 neighbours stops all of them.
    /// @param start Pattern of the accumulator.
    /// @param a Calldata offset of the first factors, 4 bytes each, little-endian.
    /// @param b Calldata offset of the second factors.
    /// @param count Number of each, at most 128.
    /// @return result Pattern of the accumulator after `done` products.
    /// @return done Number of products that were added; the others are for the general operations.
    function accumulate(
        uint256 start,
        uint256 a,
        uint256 b,
        uint256 count
    ) internal pure returns (uint256 result, uint256 done) {
        result = start;
        // SAFETY: does not touch memory. Factors are below 2^24 and products below 2^48; shifts are bounded by MAX_PLACE.
        assembly ("memory-safe") {
            let sum := and(start, F32_MAGNITUDE)
            let place := shr(23, sum)
            place := sub(place, gt(place, 0))
            if iszero(or(gt(place, MAX_PLACE), eq(start, F32_SIGN))) {
                sum := shl(place, sub(sum, shl(23, place)))
                if gt(start, F32_SIGN) {
                    sum := sub(0, sum)
                }
                // Relative to the other one, so that one offset is enough to walk over both.
                b := sub(b, a)
                for {} lt(done, count) {
                    a := add(a, 32)
                } {
                    // The bytes of each element into big-endian order, the first element highest.
                    let x := calldataload(a)
                    x := or(shl(8, and(x, EVEN_BYTES)), and(shr(8, x), EVEN_BYTES))
                    x := or(shl(16, and(x, EVEN_PAIRS)), and(shr(16, x), EVEN_PAIRS))
                    let y := calldataload(add(a, b))
                    y := or(shl(8, and(y, EVEN_BYTES)), and(shr(8, y), EVEN_BYTES))
                    y := or(shl(16, and(y, EVEN_PAIRS)), and(shr(16, y), EVEN_PAIRS))
                    {
                        let left := sub(count, done)
                        if lt(left, 8) {
                            // Behind the last element everything reads as zero.
                            left := sub(256, shl(5, left))
                            x := shl(left, shr(left, x))
                            y := shl(left, shr(left, y))
                        }
                        let p := and(x, MAGNITUDES)
                        let q := and(y, MAGNITUDES)
                        // Where neither is zero.
                        let factors := and(and(add(p, MAGNITUDES), add(q, MAGNITUDES)), SIGNS)
                        let exponents := add(and(shr(23, p), LOWEST_BYTES), and(shr(23, q), LOWEST_BYTES))
                        let excess := or(
                            or(add(p, TO_INFINITY), add(q, TO_INFINITY)),
                            add(exponents, TO_MOST)
                        )
                        p := and(add(p, TO_NORMAL), add(q, TO_NORMAL))
                        exponents := add(exponents, TO_LEAST)
                        p := and(p, exponents)
                        if and(or(excess, and(factors, not(p))), SIGNS) {
                            break
                        }
                        // The significands; in the lowest byte of one the sum of the exponents less 127, in that of the other 2 for a negative product.
                        // Of a zero, the product of the significands is zero.
                        q := shr(8, factors)
                        p := and(xor(x, y), SIGNS)
                        x := or(shl(8, or(and(x, FRACTIONS), q)), and(add(exponents, THREES), LOWEST_BYTES))
                        y := or(shl(8, or(and(y, FRACTIONS), q)), shr(30, p))
                    }
                    for {} x {
                        x := shl(32, x)
                        y := shl(32, y)
                    } {
                        let product := mul(shr(232, x), shr(232, y))
                        if iszero(product) {
                            continue
                        }
                        // Shifted to [2^47, 2^48) and rounded to 24 bits, it is r·2^n.
                        let isShort := lt(product, 0x800000000000)
                        product := shl(isShort, product)
                        let r := shr(24, add(add(product, 0x7fffff), and(shr(24, product), 1)))
                        let n := sub(byte(3, x), isShort)
                        let s := add(sum, mul(shl(n, r), sub(1, byte(3, y))))
                        if gt(n, place) {
                            place := n
                        }
                        // |s|, or |s| - 1 if it is negative, which makes a difference for powers of two only.
                        let v := shr(add(place, 23), xor(s, sar(255, s)))
                        // Most often there are as many bits as before.
                        if xor(v, 1) {
                            switch v
                            case 0 {
                                place := sub(place, 1)
                                v := s
                                if slt(s, 0) {
                                    v := sub(0, s)
                                }
                                v := shr(place, v)
                                if lt(v, F32_LEADING) {
                                    sum := s
                                    // Zeros above the first one of 24 bits, as in Float32.mul.
                                    n := or(v, shr(1, v))
                                    n := or(n, shr(2, n))
                                    n := or(n, shr(4, n))
                                    n := or(n, shr(8, n))
                                    n := or(n, shr(16, n))
                                    n := sub(
                                        23,
                                        byte(
                                            and(shr(27, mul(n, 0x07c4acdd)), 31),
                                            0x0009010a0d15021d0b0e10121619031e080c141c0f111807131b17061a05041f
                                        )
                                    )
                                    // Place 0 for a sum of zero, and where the units of 2^-149 end.
                                    place := mul(sub(place, n), and(gt(v, 0), gt(place, n)))
                                    continue
                                }
                            }
                            default {
                                place := add(place, 1)
                            }
                        }
                        // With half a unit added, s is rounded down; in a tie, when nothing is left to cut off, to an even multiple.
                        let unit := shl(place, 1)
                        s := add(s, shr(1, unit))
                        sum := and(s, sub(0, shl(iszero(and(s, sub(unit, 1))), unit)))
                    }
                    done := add(done, 8)
                }
                if gt(done, count) {
                    done := count
                }
                let sign := 0
                if slt(sum, 0) {
                    sign := F32_SIGN
                    sum := sub(0, sum)
                }
                result := or(add(shl(23, place), shr(place, sum)), sign)
            }
        }
    }
}
