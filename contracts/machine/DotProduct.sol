// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Used in assembly only, where the linter does not look.
// solhint-disable-next-line no-unused-import
import {F32_FRACTION, F32_INFINITY, F32_LEADING, F32_MAGNITUDE, F32_SIGN} from "./Float32.sol";

/// @title Products added up from left to right
/// @notice The same bits as multiplications followed by a fold by addition, each result rounded, at about half of the gas.
/// @dev The accumulator is not unpacked and packed again for every product: it is kept as the integer that counts units of 2^-149, the smallest
/// subnormal. Every finite binary32 number is one, sums are exact, and then 24 bits are kept of them.
///
/// Let `sum` be the accumulator and `place` the place of its last bit: sum is a multiple of 2^place, |sum| <= 2^(place + 24), and
/// |sum| >= 2^(place + 23) unless place = 0. A product that is neither zero nor near to subnormal is r·2^n with 2^23 <= r <= 2^24, n >= 2, in the
/// same units. With
/// k = max(place, n), s = sum ± r·2^n and v = |s| >> (k + 23):
/// - v >= 2: one bit more, s is rounded to multiples of 2^(k + 1). v = 1: to multiples of 2^k.
/// - v = 0: one bit less, to multiples of 2^(k - 1). More bits than one can only be lost if place and n differ by at most one; then s is
///   a multiple of 2^(k - 1) anyway, below 2^(k + 22), so it is exact, and only its place has to be found.
/// Where |s| is a power of two, the place may come out one lower than it could be; that is allowed above, and no bit is lost.
library DotProduct {
    /// @dev Highest place of the start and of a product. 128 additions move the place by 8 at most, so |s| stays below 2^254.
    uint256 private constant MAX_PLACE = 221;

    /// @notice Adds products to an accumulator for as long as everything is ordinary.
    /// @dev What is not: infinities, NaN, products below 2^-124 but not zero, starts and products of 2^96 and more, factors that differ by
    /// 2^127, a start of -0.
    /// @param start Pattern of the accumulator.
    /// @param a Column of first factors, as {Float32} explains columns.
    /// @param b Column of second factors.
    /// @param count Number of cells, at most 128.
    /// @return result Pattern of the accumulator after `done` products.
    /// @return done Number of products that were added; the others are for the general operations.
    function accumulate(
        uint256 start,
        uint256 a,
        uint256 b,
        uint256 count
    ) internal pure returns (uint256 result, uint256 done) {
        result = start;
        // SAFETY: reads the columns only. Factors are below 2^24 and products below 2^48; shifts are bounded by MAX_PLACE.
        assembly ("memory-safe") {
            let sum := and(start, F32_MAGNITUDE)
            let place := shr(23, sum)
            place := sub(place, gt(place, 0))
            if iszero(or(gt(place, MAX_PLACE), eq(start, F32_SIGN))) {
                sum := shl(place, sub(sum, shl(23, place)))
                if gt(start, F32_SIGN) {
                    sum := sub(0, sum)
                }
                let end := add(a, shl(5, count))
                // Relative to the other column, so that one address is enough to walk over both.
                b := sub(b, a)
                for {} lt(a, end) {
                    a := add(a, 32)
                } {
                    let x := mload(a)
                    let y := mload(add(a, b))
                    let n := and(x, F32_INFINITY)
                    let r := and(y, F32_INFINITY)
                    let q := sub(add(n, r), 0x41000000)
                    // Stored exponents with a sum in 130 .. 348 and a difference in -127 .. 127: neither can be 0 or 255.
                    if or(gt(q, 0x6d7fffff), gt(add(sub(n, r), 0x3f800000), 0x7f7fffff)) {
                        // A zero changes nothing, unless it is multiplied with an infinity or NaN.
                        if or(
                            and(iszero(and(x, F32_MAGNITUDE)), lt(r, F32_INFINITY)),
                            and(iszero(and(y, F32_MAGNITUDE)), lt(n, F32_INFINITY))
                        ) {
                            continue
                        }
                        break
                    }
                    // The product, shifted to [2^47, 2^48) and rounded to 24 bits, is r·2^n.
                    r := mul(or(and(x, F32_FRACTION), F32_LEADING), or(and(y, F32_FRACTION), F32_LEADING))
                    n := lt(r, 0x800000000000)
                    r := shl(n, r)
                    r := shr(24, add(add(r, 0x7fffff), and(shr(24, r), 1)))
                    n := sub(add(shr(23, q), 3), n)
                    // s in the place of r.
                    r := add(sum, mul(shl(n, r), sub(1, and(shr(30, xor(x, y)), 2))))
                    if lt(n, place) {
                        n := place
                    }
                    // |s|, or |s| - 1 if it is negative, which makes a difference for powers of two only.
                    let v := shr(add(n, 23), xor(r, sar(255, r)))
                    place := add(n, gt(v, 1))
                    if iszero(v) {
                        place := sub(n, 1)
                        v := r
                        if slt(r, 0) {
                            v := sub(0, r)
                        }
                        v := shr(place, v)
                        if lt(v, F32_LEADING) {
                            sum := r
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
                    // With half a unit added, s is rounded down; in a tie, when nothing is left to cut off, to an even multiple.
                    n := shl(place, 1)
                    r := add(r, shr(1, n))
                    sum := and(r, sub(0, shl(iszero(and(r, sub(n, 1))), n)))
                }
                done := sub(count, shr(5, sub(end, a)))
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
