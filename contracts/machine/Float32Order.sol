// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Used in assembly only, where the linter does not look.
// solhint-disable-next-line no-unused-import
import {F32_INFINITY, F32_MAGNITUDE, F32_NAN, F32_SIGN} from "./Float32.sol";

/// @title Order, sign and size of binary32 numbers, over columns of registers
/// @notice Comparisons, minimum, maximum, absolute value and negation. Columns are explained at {Float32}.
/// @dev SAFETY: what holds for every block of assembly here. Cells hold less than 2^32, so nothing overflows 256 bits; memory is written in the
/// target column only.
library Float32Order {
    /// @dev What two numbers can be to each other. A comparison is the set of relations for which it gives 1.
    uint256 internal constant LESS = 1;
    /// @dev Equal; +0 and -0 are.
    uint256 internal constant EQUAL = 2;
    /// @dev Greater.
    uint256 internal constant GREATER = 4;
    /// @dev One of them is NaN.
    uint256 internal constant UNORDERED = 8;

    /// @notice 1 where the relation of a to b is one of a set, else 0.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    /// @param relations Sum of the constants above.
    function compare(uint256 a, uint256 b, uint256 target, uint256 count, uint256 relations) internal pure {
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
                let mx := and(x, F32_MAGNITUDE)
                let my := and(y, F32_MAGNITUDE)
                // Number of the relation's bit: 0 less, 1 equal, 2 greater, 3 unordered.
                let relation := 3
                if iszero(or(gt(mx, F32_INFINITY), gt(my, F32_INFINITY))) {
                    // As signed integers magnitudes order as the numbers do, and both zeros are 0.
                    x := mul(mx, sub(1, shr(30, and(x, F32_SIGN))))
                    y := mul(my, sub(1, shr(30, and(y, F32_SIGN))))
                    relation := sub(add(1, sgt(x, y)), slt(x, y))
                }
                mstore(target, and(shr(relation, relations), 1))
            }
        }
    }

    /// @notice The smaller ones, or the larger ones; NaN if either is NaN; -0 is smaller than +0.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    /// @param larger 0 for the smaller ones, 1 for the larger ones.
    function pick(uint256 a, uint256 b, uint256 target, uint256 count, uint256 larger) internal pure {
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
                if or(gt(and(x, F32_MAGNITUDE), F32_INFINITY), gt(and(y, F32_MAGNITUDE), F32_INFINITY)) {
                    mstore(target, F32_NAN)
                    continue
                }
                // With the sign bit inverted, and all others too if it was set, patterns order as the numbers do.
                let u := xor(x, or(F32_SIGN, mul(F32_MAGNITUDE, shr(31, x))))
                let v := xor(y, or(F32_SIGN, mul(F32_MAGNITUDE, shr(31, y))))
                if xor(gt(u, v), larger) {
                    x := y
                }
                mstore(target, x)
            }
        }
    }

    /// @notice Absolute values, or the numbers with the other sign.
    /// @param a Column of the arguments.
    /// @param target Column of the results.
    /// @param count Number of cells.
    /// @param negative 0 for absolute values, 1 for the other sign.
    function sign(uint256 a, uint256 target, uint256 count, uint256 negative) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                // The sign bit is inverted if it may stay, else cleared.
                let x := and(xor(mload(add(a, target)), F32_SIGN), or(F32_MAGNITUDE, shl(31, negative)))
                if gt(and(x, F32_MAGNITUDE), F32_INFINITY) {
                    x := F32_NAN
                }
                mstore(target, x)
            }
        }
    }
}
