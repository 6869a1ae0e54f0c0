// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Used in assembly only, where the linter does not look.
// solhint-disable-next-line no-unused-import
import {F32_FRACTION, F32_INFINITY, F32_LEADING, F32_MAGNITUDE, F32_NAN, F32_SIGN} from "./Float32.sol";

/// @title Rounding of binary32 numbers to integers and conversion from and to i32, over columns of registers
/// @notice Columns are explained at {Float32}.
/// @dev SAFETY: what holds for every block of assembly here. Cells hold less than 2^32 and are shifted up by at most 32, so nothing overflows 256
/// bits; memory is written in the target column only.
library Float32Convert {
    /// @dev Ways to round to an integer: to the nearest, ties to even.
    uint256 internal constant NEAREST = 0;
    /// @dev Towards minus infinity.
    uint256 internal constant FLOOR = 1;
    /// @dev Towards infinity.
    uint256 internal constant CEIL = 2;
    /// @dev Towards zero.
    uint256 internal constant TRUNC = 3;

    /// @notice Integers near the arguments, as binary32 numbers. The sign stays, also that of a zero.
    /// @param a Column of the arguments.
    /// @param target Column of the results.
    /// @param count Number of cells.
    /// @param mode One of the constants above.
    function round(uint256 a, uint256 target, uint256 count, uint256 mode) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                let x := mload(add(a, target))
                let sign := and(x, F32_SIGN)
                let m := and(x, F32_MAGNITUDE)
                // From 2^23 on everything is an integer, an infinity or NaN.
                if iszero(lt(m, 0x4b000000)) {
                    if gt(m, F32_INFINITY) {
                        x := F32_NAN
                    }
                    mstore(target, x)
                    continue
                }
                // Whether the magnitude is rounded up, if it is no integer: mode 1 for negative numbers, mode 2 for others.
                let up := eq(mode, sub(2, shr(31, x)))
                if lt(m, 0x3f800000) {
                    // Below 1: to 0 or 1. A tie goes to 0.
                    if or(and(up, gt(m, 0)), and(iszero(mode), gt(m, 0x3f000000))) {
                        sign := or(sign, 0x3f800000)
                    }
                    mstore(target, sign)
                    continue
                }
                // n of the fraction's bits stand below 1, 1 .. 23. A carry out of the fraction goes into the exponent by itself.
                let n := sub(150, shr(23, m))
                let below := sub(shl(n, 1), 1)
                if up {
                    m := add(m, below)
                }
                if iszero(mode) {
                    // Half less the smallest bit, plus the last bit above 1. For n = 23 that is the exponent's lowest bit: odd, as the number 1 is.
                    m := add(m, add(shr(1, below), and(shr(n, m), 1)))
                }
                mstore(target, or(sign, and(m, not(below))))
            }
        }
    }

    /// @notice Binary32 numbers next to integers, ties to even.
    /// @param a Column of the arguments.
    /// @param target Column of the results.
    /// @param count Number of cells.
    /// @param signed 1 if the arguments are two's complement numbers, 0 if they are unsigned.
    function fromInteger(uint256 a, uint256 target, uint256 count, uint256 signed) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                let m := mload(add(a, target))
                if iszero(m) {
                    mstore(target, 0)
                    continue
                }
                let sign := mul(and(m, F32_SIGN), signed)
                if sign {
                    m := sub(0x100000000, m)
                }
                // The place of the top bit, as in Float32.
                let n := or(m, shr(1, m))
                n := or(n, shr(2, n))
                n := or(n, shr(4, n))
                n := or(n, shr(8, n))
                n := or(n, shr(16, n))
                n := byte(
                    and(shr(27, mul(n, 0x07c4acdd)), 31),
                    0x0009010a0d15021d0b0e10121619031e080c141c0f111807131b17061a05041f
                )
                // Shifted up by 32, it has n + 9 bits more than a significand.
                m := shl(32, m)
                let p := add(n, 9)
                m := shr(p, add(add(m, sub(shl(sub(p, 1), 1), 1)), and(shr(p, m), 1)))
                // The value is m·2^(p - 32), so e = p - 32 + 149.
                mstore(target, or(add(shl(23, add(p, 117)), m), sign))
            }
        }
    }

    /// @notice Integers next to binary32 numbers in the direction of zero; 0 for NaN, the nearest end of the range for what lies outside of it.
    /// @param a Column of the arguments.
    /// @param target Column of the results.
    /// @param count Number of cells.
    /// @param signed 1 if the results are two's complement numbers, 0 if they are unsigned.
    function toInteger(uint256 a, uint256 target, uint256 count, uint256 signed) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                let x := mload(add(a, target))
                let m := and(x, F32_MAGNITUDE)
                let sign := shr(31, x)
                // NaN, and what is below 1.
                if or(gt(m, F32_INFINITY), lt(m, 0x3f800000)) {
                    mstore(target, 0)
                    continue
                }
                // The integer's magnitude, or 2^32 if it has no place in 32 bits.
                let n := 0x100000000
                if lt(m, 0x4f800000) {
                    // Exponents 127 .. 158: the significand, shifted up by 8, is 2^(158 - exponent) too large.
                    n := shr(sub(158, shr(23, m)), shl(8, or(and(m, F32_FRACTION), F32_LEADING)))
                }
                switch signed
                case 0 {
                    if gt(n, 0xffffffff) {
                        n := 0xffffffff
                    }
                    n := mul(n, iszero(sign))
                }
                default {
                    // 2^31 - 1, or 2^31 for negative numbers.
                    let most := add(0x7fffffff, sign)
                    if gt(n, most) {
                        n := most
                    }
                    if sign {
                        n := sub(0x100000000, n)
                    }
                }
                mstore(target, n)
            }
        }
    }
}
