// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {F32_SIGN, Float32} from "./Float32.sol";
import {Float32Convert} from "./Float32Convert.sol";
import {Float32Order} from "./Float32Order.sol";
import {Integer32} from "./Integer32.sol";

/// @title Operations of the tensor machine by code
/// @notice Codes stand in section 4.2 of the machine's specification. Columns are explained at {Float32}.
/// @dev One instruction is looked up once and then runs over a whole column. The high four bits of a code are its family.
library Tape {
    /// @notice Code of f32.mul, which a fold by f32.add can take over.
    uint256 internal constant F32_MUL = 0x12;
    /// @notice Code of i32.sub.
    uint256 internal constant I32_SUB = 0x31;
    /// @notice Code of i32.mul.
    uint256 internal constant I32_MUL = 0x32;

    /// @dev Codes of the folds 1 .. 8, from the second byte on; byte 0 stands for no fold.
    bytes32 private constant FOLD_OPERATIONS =
        0x0010121516303235360000000000000000000000000000000000000000000000;

    /// @dev `ne` holds in every relation but this one, `eq` in this one only; the two libraries number relations alike.
    uint256 private constant NOT_EQUAL = Float32Order.LESS | Float32Order.GREATER | Float32Order.UNORDERED;

    /// @notice The operation that a fold applies to the accumulator and a value.
    /// @param fold Number of a fold, 1 .. 8.
    /// @return The operation's code.
    function foldOperation(uint256 fold) internal pure returns (uint256) {
        return uint8(FOLD_OPERATIONS[fold]);
    }

    /// @notice Runs one operation over columns.
    /// @dev Columns may overlap as {Float32} says: results are written in order, each after its operands are read.
    /// @param op Any code; those that do not exist give 0.
    /// @param a First operand.
    /// @param b Second operand, for binary operations and `select`.
    /// @param c Third operand, for `select`.
    /// @param target Column of the results.
    /// @param count Number of cells.
    function run(uint256 op, uint256 a, uint256 b, uint256 c, uint256 target, uint256 count) internal pure {
        uint256 family = op >> 4;
        if (family == 1) {
            _runFloat(op, a, b, target, count);
        } else if (family == 3) {
            _runInteger(op, a, b, target, count);
        } else if (family == 2 && op <= 0x25) {
            Float32Order.compare(a, b, target, count, _relations(op));
        } else if (family == 4 && op <= 0x45) {
            Integer32.compare(a, b, target, count, _relations(op));
        } else if (op == 0x60) {
            _select(a, b, c, target, count);
        } else if (op == 0x50 || op == 0x51) {
            Float32Convert.fromInteger(a, target, count, op ^ 0x51);
        } else if (op == 0x52 || op == 0x53) {
            Float32Convert.toInteger(a, target, count, op ^ 0x53);
        } else {
            _clear(target, count);
        }
    }

    /// @dev Codes 0x10 .. 0x1f.
    function _runFloat(uint256 op, uint256 a, uint256 b, uint256 target, uint256 count) private pure {
        if (op < 0x15) {
            if (op < 0x12) Float32.add(a, b, target, count, op == 0x10 ? 0 : F32_SIGN);
            else if (op == F32_MUL) Float32.mul(a, b, target, count);
            else if (op == 0x13) Float32.div(a, b, target, count);
            else Float32.sqrt(a, target, count);
        } else if (op < 0x19) {
            if (op < 0x17) Float32Order.pick(a, b, target, count, op == 0x15 ? 0 : 1);
            else Float32Order.sign(a, target, count, op == 0x17 ? 0 : 1);
        } else if (op < 0x1d) {
            // The modes are numbered in the order of the codes.
            unchecked {
                // SAFETY: op is at least 0x19 here.
                Float32Convert.round(a, target, count, op - 0x19);
            }
        } else {
            _clear(target, count);
        }
    }

    /// @dev Codes 0x30 .. 0x3f.
    function _runInteger(uint256 op, uint256 a, uint256 b, uint256 target, uint256 count) private pure {
        if (op < 0x35) {
            if (op == 0x30) Integer32.add(a, b, target, count);
            else if (op == I32_SUB) Integer32.sub(a, b, target, count);
            else if (op == I32_MUL) Integer32.mul(a, b, target, count);
            else if (op == 0x33) Integer32.div(a, b, target, count);
            else Integer32.rem(a, b, target, count);
        } else if (op < 0x39) {
            if (op < 0x37) Integer32.pick(a, b, target, count, op == 0x35 ? 0 : 1);
            else if (op == 0x37) Integer32.abs(a, target, count);
            else Integer32.neg(a, target, count);
        } else if (op < 0x3c) {
            if (op == 0x39) Integer32.and(a, b, target, count);
            else if (op == 0x3a) Integer32.or(a, b, target, count);
            else Integer32.xor(a, b, target, count);
        } else if (op == 0x3c) Integer32.shl(a, b, target, count);
        else if (op == 0x3d) Integer32.shrSigned(a, b, target, count);
        else if (op == 0x3e) Integer32.shrUnsigned(a, b, target, count);
        else _clear(target, count);
    }

    /// @dev The relations for which a comparison of either family holds: eq, ne, lt, le, gt, ge by the low four bits of the code.
    function _relations(uint256 op) private pure returns (uint256) {
        uint256 comparison = op & 15;
        if (comparison == 0) return Float32Order.EQUAL;
        if (comparison == 1) return NOT_EQUAL;
        if (comparison == 2) return Float32Order.LESS;
        if (comparison == 3) return Float32Order.LESS | Float32Order.EQUAL;
        if (comparison == 4) return Float32Order.GREATER;
        return Float32Order.GREATER | Float32Order.EQUAL;
    }

    /// @dev b where a is not 0, else c.
    function _select(uint256 a, uint256 b, uint256 c, uint256 target, uint256 count) private pure {
        // SAFETY: writes the target column only.
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
                a := sub(a, target)
                b := sub(b, target)
                c := sub(c, target)
            } lt(target, end) {
                target := add(target, 32)
            } {
                let x := mload(add(c, target))
                if mload(add(a, target)) {
                    x := mload(add(b, target))
                }
                mstore(target, x)
            }
        }
    }

    /// @dev Zeros: the result of an operation that does not exist.
    function _clear(uint256 target, uint256 count) private pure {
        // SAFETY: writes the target column only; what lies beyond the calldata reads as zero.
        assembly ("memory-safe") {
            calldatacopy(target, calldatasize(), shl(5, count))
        }
    }
}
