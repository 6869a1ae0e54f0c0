// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev Bits of a binary32 pattern: bit 31 is the sign, bits 30 .. 23 the exponent, bits 22 .. 0 the fraction; bit 0 is the least significant.
uint256 constant F32_SIGN = 0x80000000;
/// @dev Everything but the sign. As an integer it grows with the absolute value; NaN lies above infinity.
uint256 constant F32_MAGNITUDE = 0x7fffffff;
/// @dev Positive infinity, and the mask of the exponent.
uint256 constant F32_INFINITY = 0x7f800000;
/// @dev The only NaN that an operation gives.
uint256 constant F32_NAN = 0x7fc00000;
/// @dev Mask of the fraction.
uint256 constant F32_FRACTION = 0x007fffff;
/// @dev The leading bit of a normal number's significand, which the pattern does not store; also one unit of the stored exponent.
uint256 constant F32_LEADING = 0x00800000;

/// @title Arithmetic of IEEE-754 binary32, bit for bit, over columns of registers
/// @notice Addition, subtraction, multiplication, division and square root, rounded to nearest, ties to even. Subnormals are kept, and every
/// NaN that comes out is the canonical one.
/// @dev A *column* is an array in memory of `count` cells of 32 bytes, each holding a 32-bit pattern with clean upper bits. Every function
/// computes `target[i] = a[i] op b[i]` for i = 0 .. count - 1 in this order and writes nothing but the target column, which the caller owns. So
/// a column may overlap others: with a = target - 32 bytes the loop is a fold from left to right, the accumulator being the cell before the
/// target. One element is a column of one cell.
///
/// How a result is made: a finite magnitude `m` with stored exponent E has e = max(E, 1) - 1 and the significand s = m - e·2^23, which is below
/// 2^24; its value is s·2^(e - 149). In the other direction e·2^23 + s is the pattern of any s <= 2^24: for s = 2^24 the carry goes into the exponent
/// by itself, for s < 2^23 (only with e = 0) the number is subnormal. Rounding z to multiples of 2^p (p >= 1) to nearest, ties to even is
/// (z + 2^(p-1) - 1 + bit p of z) >> p.
///
/// SAFETY: what holds for every block of assembly here. Cells hold less than 2^32, exponents are below 2^9 in absolute value and significands, also
/// shifted, below 2^60, so no sum or shift loses a bit of 256. Memory is written in the target column only. Addresses of operands are made
/// relative to the target, so that one address is enough to walk over all columns.
library Float32 {
    /// @notice Sums, or differences a - b.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    /// @param flip Bits of b that are inverted before: 0 for sums, the sign for differences.
    function add(uint256 a, uint256 b, uint256 target, uint256 count, uint256 flip) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                let x := mload(add(a, target))
                let y := xor(mload(add(b, target)), flip)
                // z is the larger magnitude, that of x, and m the smaller one, that of y.
                let z := and(x, F32_MAGNITUDE)
                let m := and(y, F32_MAGNITUDE)
                if lt(z, m) {
                    let t := x
                    x := y
                    y := t
                    t := z
                    z := m
                    m := t
                }
                if iszero(lt(z, F32_INFINITY)) {
                    // NaN, or infinity - infinity; otherwise the infinity stays.
                    if or(gt(z, F32_INFINITY), eq(xor(x, y), F32_SIGN)) {
                        x := F32_NAN
                    }
                    mstore(target, x)
                    continue
                }
                let e := shr(23, m)
                e := sub(e, gt(e, 0))
                let d := shr(23, z)
                d := sub(d, gt(d, 0))
                z := sub(z, shl(23, d))
                d := sub(d, e)
                // y is below a quarter of the last place of x.
                if gt(d, 26) {
                    mstore(target, x)
                    continue
                }
                // Both significands in halves of y's last place; p is the place in z of the last bit of the result.
                m := shl(1, sub(m, shl(23, e)))
                let p := add(d, 1)
                z := shl(p, z)
                switch lt(xor(x, y), F32_SIGN)
                case 1 {
                    // The same sign: one bit more, at most.
                    z := add(z, m)
                    p := add(p, shr(add(d, 25), z))
                }
                default {
                    z := sub(z, m)
                    if iszero(shr(add(d, 24), z)) {
                        if lt(d, 2) {
                            // Exact: the difference has at most 24 bits in y's last place.
                            if z {
                                z := shr(1, z)
                                // Zeros above the first one of 24 bits, as in mul.
                                let n := or(z, shr(1, z))
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
                                if gt(n, e) {
                                    n := e
                                }
                                z := or(add(shl(23, sub(e, n)), shl(n, z)), and(x, F32_SIGN))
                            }
                            mstore(target, z)
                            continue
                        }
                        // Significands that differ by two places or more lose one bit, at most.
                        p := d
                    }
                }
                z := add(
                    shl(23, sub(add(e, p), 1)),
                    shr(p, add(add(z, shr(1, sub(shl(p, 1), 1))), and(shr(p, z), 1)))
                )
                if gt(z, F32_INFINITY) {
                    z := F32_INFINITY
                }
                mstore(target, or(z, and(x, F32_SIGN)))
            }
        }
    }

    /// @notice Products.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function mul(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                let x := mload(add(a, target))
                let y := mload(add(b, target))
                let sign := and(xor(x, y), F32_SIGN)
                let ex := and(x, F32_INFINITY)
                let ey := and(y, F32_INFINITY)
                // Stored exponents with a sum in 129 .. 384 and a difference in -128 .. 127: neither is 0, and if one is 255 the result overflows.
                if lt(or(sub(add(ex, ey), 0x40800000), add(sub(ex, ey), 0x40000000)), 0x80000000) {
                    let p := mul(or(and(x, F32_FRACTION), F32_LEADING), or(and(y, F32_FRACTION), F32_LEADING))
                    // p is in [2^46, 2^48): it loses 23 bits, or 24.
                    let carry := shr(47, p)
                    let n := add(23, carry)
                    let z := add(
                        add(sub(add(ex, ey), 0x40000000), shl(23, carry)),
                        shr(n, add(add(p, sub(shl(carry, 0x400000), 1)), and(shr(n, p), 1)))
                    )
                    if lt(z, F32_INFINITY) {
                        mstore(target, or(z, sign))
                        continue
                    }
                }
                // From here on x is the larger magnitude.
                x := and(x, F32_MAGNITUDE)
                y := and(y, F32_MAGNITUDE)
                if lt(x, y) {
                    ex := x
                    x := y
                    y := ex
                }
                ex := shr(23, x)
                ey := shr(23, y)
                // NaN, infinity · 0; else infinity.
                if gt(ex, 254) {
                    let z := or(sign, F32_INFINITY)
                    if or(gt(x, F32_INFINITY), iszero(y)) {
                        z := F32_NAN
                    }
                    mstore(target, z)
                    continue
                }
                // x · 0; two subnormals have a product far below the smallest one.
                if iszero(mul(ex, y)) {
                    mstore(target, sign)
                    continue
                }
                // Both significands in [2^23, 2^24); a subnormal gets a stored exponent below 1.
                x := or(and(x, F32_FRACTION), F32_LEADING)
                switch ey
                case 0 {
                    // Zeros above the first one of 24 bits. Every number 2^k - 1 times this constant has other bits 27 .. 31; the table gives the number of
                    // its top bit.
                    let n := or(y, shr(1, y))
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
                    y := shl(n, y)
                    ey := sub(1, n)
                }
                default {
                    y := or(and(y, F32_FRACTION), F32_LEADING)
                }
                let p := mul(x, y)
                let carry := shr(47, p)
                let n := add(23, carry)
                // Exponent e of the result. Below 0 the result is subnormal and loses more bits.
                let e := sub(add(add(ex, ey), carry), 128)
                if slt(e, 0) {
                    n := sub(n, e)
                    e := 0
                }
                let z := add(shl(23, e), shr(n, add(add(p, sub(shl(sub(n, 1), 1), 1)), and(shr(n, p), 1))))
                if gt(z, F32_INFINITY) {
                    z := F32_INFINITY
                }
                mstore(target, or(z, sign))
            }
        }
    }

    /// @notice Quotients a / b.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function div(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            // Zeros above the first one of 24 bits, as in mul. The argument is not zero.
            function leadingZeros(s) -> n {
                s := or(s, shr(1, s))
                s := or(s, shr(2, s))
                s := or(s, shr(4, s))
                s := or(s, shr(8, s))
                s := or(s, shr(16, s))
                n := sub(
                    23,
                    byte(
                        and(shr(27, mul(s, 0x07c4acdd)), 31),
                        0x0009010a0d15021d0b0e10121619031e080c141c0f111807131b17061a05041f
                    )
                )
            }
            // Significand in [2^23, 2^24) and stored exponent of a magnitude that is finite and not zero; a subnormal gets an exponent below 1.
            function normalize(m) -> s, e {
                e := shr(23, m)
                switch e
                case 0 {
                    let n := leadingZeros(m)
                    s := shl(n, m)
                    e := sub(1, n)
                }
                default {
                    s := or(and(m, F32_FRACTION), F32_LEADING)
                }
            }
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                let x := mload(add(a, target))
                let y := mload(add(b, target))
                let sign := and(xor(x, y), F32_SIGN)
                x := and(x, F32_MAGNITUDE)
                y := and(y, F32_MAGNITUDE)
                if or(iszero(lt(x, F32_INFINITY)), iszero(lt(y, F32_INFINITY))) {
                    // NaN / y, x / NaN, infinity / infinity; else infinity / y, or x / infinity.
                    let z := F32_NAN
                    if lt(y, F32_INFINITY) {
                        if eq(x, F32_INFINITY) {
                            z := or(sign, F32_INFINITY)
                        }
                    }
                    if lt(x, F32_INFINITY) {
                        if eq(y, F32_INFINITY) {
                            z := sign
                        }
                    }
                    mstore(target, z)
                    continue
                }
                if iszero(mul(x, y)) {
                    // 0 / 0, x / 0, 0 / y.
                    let z := sign
                    if iszero(y) {
                        z := or(sign, F32_INFINITY)
                        if iszero(x) {
                            z := F32_NAN
                        }
                    }
                    mstore(target, z)
                    continue
                }
                let ex
                let ey
                x, ex := normalize(x)
                y, ey := normalize(y)
                x := shl(26, x)
                // q is in (2^25, 2^27); its lowest bit, which is always rounded away, also stands for the remainder.
                let q := div(x, y)
                q := or(q, gt(mod(x, y), 0))
                let n := add(2, shr(26, q))
                let e := add(sub(ex, ey), add(123, n))
                if slt(e, 0) {
                    n := sub(n, e)
                    e := 0
                }
                let z := add(shl(23, e), shr(n, add(add(q, sub(shl(sub(n, 1), 1), 1)), and(shr(n, q), 1))))
                if gt(z, F32_INFINITY) {
                    z := F32_INFINITY
                }
                mstore(target, or(z, sign))
            }
        }
    }

    /// @notice Square roots.
    /// @param a Column of the arguments.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function sqrt(uint256 a, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            // Zeros above the first one of 24 bits, as in mul. The argument is not zero.
            function leadingZeros(s) -> n {
                s := or(s, shr(1, s))
                s := or(s, shr(2, s))
                s := or(s, shr(4, s))
                s := or(s, shr(8, s))
                s := or(s, shr(16, s))
                n := sub(
                    23,
                    byte(
                        and(shr(27, mul(s, 0x07c4acdd)), 31),
                        0x0009010a0d15021d0b0e10121619031e080c141c0f111807131b17061a05041f
                    )
                )
            }
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                let x := mload(add(a, target))
                // Both zeros and infinity are their own roots.
                if or(iszero(and(x, F32_MAGNITUDE)), eq(x, F32_INFINITY)) {
                    mstore(target, x)
                    continue
                }
                // NaN of either sign, and all that is negative.
                if gt(x, F32_INFINITY) {
                    mstore(target, F32_NAN)
                    continue
                }
                // x = s·2^e with s in [2^23, 2^24), then with s in [2^51, 2^53) and e even.
                let e := shr(23, x)
                let s := or(and(x, F32_FRACTION), F32_LEADING)
                if iszero(e) {
                    let n := leadingZeros(x)
                    s := shl(n, x)
                    e := sub(1, n)
                }
                e := sub(e, 178)
                let odd := and(e, 1)
                s := shl(add(28, odd), s)
                e := sub(e, odd)
                // Newton from 2^26, which is wrong by a factor of less than 1.42: the error is below 0.061, 0.0019, 1.8e-6, then below one unit.
                // Each step gives the root or more, up to the rounding of the division; the last line takes the floor.
                let root := add(shr(27, s), 0x2000000)
                root := shr(1, add(root, div(s, root)))
                root := shr(1, add(root, div(s, root)))
                root := shr(1, add(root, div(s, root)))
                root := sub(root, gt(mul(root, root), s))
                // The root is in [2^25, 2^27): 26 or 27 bits, of which the lowest also stands for the rest.
                let n := add(2, shr(26, root))
                root := or(root, lt(mul(root, root), s))
                mstore(
                    target,
                    add(
                        shl(23, add(sar(1, e), add(149, n))),
                        shr(n, add(add(root, sub(shl(sub(n, 1), 1), 1)), and(shr(n, root), 1)))
                    )
                )
            }
        }
    }
}
