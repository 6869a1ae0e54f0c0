// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Arithmetic of 32-bit integers, over columns of registers
/// @notice Two's complement with wrap-around, as the WebAssembly instructions of the same names. Columns are explained at {Float32}.
/// @dev SAFETY: what holds for every block of assembly here. Cells hold less than 2^32 and only the low 32 bits of a result are stored, which no
/// overflow of 256 bits can change. Memory is written in the target column only.
library Integer32 {
    /// @dev What two integers can be to each other. A comparison is the set of relations for which it gives 1.
    uint256 internal constant LESS = 1;
    /// @dev Equal.
    uint256 internal constant EQUAL = 2;
    /// @dev Greater.
    uint256 internal constant GREATER = 4;

    /// @notice Sums.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function add(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(target, and(add(mload(add(a, target)), mload(add(b, target))), 0xffffffff))
            }
        }
    }

    /// @notice Differences a - b.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function sub(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(target, and(sub(mload(add(a, target)), mload(add(b, target))), 0xffffffff))
            }
        }
    }

    /// @notice Low 32 bits of products.
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
                mstore(target, and(mul(mload(add(a, target)), mload(add(b, target))), 0xffffffff))
            }
        }
    }

    /// @notice Quotients a / b, rounded towards zero; 0 if b is 0, and the smallest integer divided by -1 is itself.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function div(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                // SDIV gives 0 for a zero divisor and 2^31 for the overflow.
                mstore(
                    target,
                    and(
                        sdiv(signextend(3, mload(add(a, target))), signextend(3, mload(add(b, target)))),
                        0xffffffff
                    )
                )
            }
        }
    }

    /// @notice Remainders of the quotients, with the sign of a; 0 if b is 0.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function rem(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(
                    target,
                    and(
                        smod(signextend(3, mload(add(a, target))), signextend(3, mload(add(b, target)))),
                        0xffffffff
                    )
                )
            }
        }
    }

    /// @notice The smaller ones, or the larger ones.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    /// @param larger 0 for the smaller, 1 for the larger.
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
                if xor(sgt(signextend(3, x), signextend(3, y)), larger) {
                    x := y
                }
                mstore(target, x)
            }
        }
    }

    /// @notice Absolute values; that of the smallest integer is itself.
    /// @param a Column of the arguments.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function abs(uint256 a, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                let x := mload(add(a, target))
                if shr(31, x) {
                    x := and(sub(0, x), 0xffffffff)
                }
                mstore(target, x)
            }
        }
    }

    /// @notice Negations; that of the smallest integer is itself.
    /// @param a Column of the arguments.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function neg(uint256 a, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(target, and(sub(0, mload(add(a, target))), 0xffffffff))
            }
        }
    }

    /// @notice Bits that both have.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function and(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(target, and(mload(add(a, target)), mload(add(b, target))))
            }
        }
    }

    /// @notice Bits that one has.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function or(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(target, or(mload(add(a, target)), mload(add(b, target))))
            }
        }
    }

    /// @notice Bits that exactly one has.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function xor(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(target, xor(mload(add(a, target)), mload(add(b, target))))
            }
        }
    }

    /// @notice a shifted up by b modulo 32.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function shl(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(target, and(shl(and(mload(add(b, target)), 31), mload(add(a, target))), 0xffffffff))
            }
        }
    }

    /// @notice a shifted down by b modulo 32, copies of the sign moving in.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function shrSigned(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(
                    target,
                    and(sar(and(mload(add(b, target)), 31), signextend(3, mload(add(a, target)))), 0xffffffff)
                )
            }
        }
    }

    /// @notice a shifted down by b modulo 32, zeros moving in.
    /// @param a First column.
    /// @param b Second column.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function shrUnsigned(uint256 a, uint256 b, uint256 target, uint256 count) internal pure {
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(target, shr(and(mload(add(b, target)), 31), mload(add(a, target))))
            }
        }
    }

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
                let x := signextend(3, mload(add(a, target)))
                let y := signextend(3, mload(add(b, target)))
                mstore(target, and(shr(sub(add(1, sgt(x, y)), slt(x, y)), relations), 1))
            }
        }
    }
}
