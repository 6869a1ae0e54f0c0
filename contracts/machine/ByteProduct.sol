// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {OperandLoader} from "./OperandLoader.sol";
import {OperandReach} from "./OperandReach.sol";
import {PackedBytes} from "./PackedBytes.sol";
import {NO_INDEX, Operand, Slice, Step} from "./Step.sol";
import {Tape} from "./Tape.sol";
import {Walk, Walks} from "./Walk.sol";

/// @title Products of bytes added up
/// @notice The same bits as the general evaluation, for the steps that integer matrix products and convolutions are made of, at a fraction of the gas.
/// @dev A step is *packed* if its fold is i32.add, its body ends with i32.mul, each factor is a *stream* or i32.sub of a stream and a *constant*, and
/// it has no other body operands than these streams and constants. A stream has elements of 1 byte that are neighbours along a row; an operand is constant
/// if nothing of the reduction changes it. Instructions that the factors do not use are no matter.
///
/// All of it is arithmetic modulo 2^32, in which the order of a sum does not matter and sum((u - y)·(v - z)) = sum(u·v) - z·sum(u) - y·sum(v) + n·y·z.
/// Signed bytes are shifted to unsigned ones: with its highest bit inverted, a byte reads 128 more. So the three sums are of unsigned bytes only, and
/// these are taken 32 at a time, out of the calldata. What a guard pads with, or what lies outside of the space, is a stream of zeros
/// less another constant.
library ByteProduct {
    using OperandReach for Operand;

    /// @dev One of the two factors.
    struct Factor {
        /// @dev Register of its stream.
        uint256 register;
        /// @dev Register of what is subtracted from it; NO_ZERO if nothing is.
        uint256 zeroRegister;
        Operand operand;
        /// @dev What is subtracted, modulo 2^32.
        uint256 zero;
        // ----- the present row
        /// @dev Address of the first iteration's element.
        int256 value;
        /// @dev The guards hold in [low, high).
        uint256 low;
        uint256 high;
        /// @dev Of these, elements are in range in [first, behind).
        uint256 first;
        uint256 behind;
        // ----- the present part of it
        /// @dev Where its first byte stands in the calldata, less the iteration; the end of the calldata if it is one of zeros.
        uint256 source;
        /// @dev Bits to invert in 32 bytes.
        uint256 flip;
        /// @dev What is subtracted from these bytes, modulo 2^32.
        uint256 offset;
        /// @dev Iteration behind the part.
        uint256 end;
    }

    uint256 private constant NO_ZERO = type(uint256).max;
    uint256 private constant FOLD_I32_ADD = 5;
    uint256 private constant SPACE_INDEX = 3;
    uint256 private constant BYTE_LANES = 5;
    uint256 private constant MASK = 0xffffffff;
    uint256 private constant SIGNS = 0x8080808080808080808080808080808080808080808080808080808080808080;

    /// @notice Folds all iterations of a step into the accumulator, if the step is packed.
    /// @param step A valid step that has a fold.
    /// @param accumulator What the fold starts from.
    /// @return done Whether it is packed; if not, nothing was done.
    /// @return result The accumulator after the last iteration.
    function fold(Step memory step, uint256 accumulator) internal pure returns (bool done, uint256 result) {
        if (step.fold != FOLD_I32_ADD || step.bodyTape.length == 0) return (false, 0);
        Factor memory a;
        Factor memory b;
        if (!_recognise(step, a, b)) return (false, 0);
        Walk memory walk = Walks.start(step);
        uint256 formStride = step.body.forms.stride;
        result = accumulator;
        while (walk.remaining != 0) {
            unchecked {
                // SAFETY: the sum is one modulo 2^32, which divides 2^256.
                result += _row(a, b, formStride, walk.rowLength);
            }
            walk.advance(step.body.forms, step.reduction, walk.rowLength);
        }
        return (true, result & MASK);
    }

    /// @dev Whether the step is packed; finds the factors, and loads the constants.
    function _recognise(Step memory step, Factor memory a, Factor memory b) private pure returns (bool) {
        Operand[] memory operands = step.body.items;
        uint256 cells;
        unchecked {
            // SAFETY: the tape is not empty, counts of registers are at most 256.
            uint256 instruction = _value(step.bodyTape, step.bodyTape.length - 1);
            if (instruction >> 24 != Tape.I32_MUL) return false;
            if (!_readFactor(step, (instruction >> 16) & 0xff, a)) return false;
            if (!_readFactor(step, (instruction >> 8) & 0xff, b)) return false;
            uint256 formStride = step.body.forms.stride;
            // SAFETY: allocates one word per operand.
            assembly ("memory-safe") {
                cells := mload(0x40)
                mstore(0x40, add(cells, shl(5, mload(operands))))
            }
            for (uint256 i = 0; i < operands.length; ++i) {
                Operand memory operand = operands[i];
                if (operand.index != NO_INDEX) return false;
                if (i == a.register || i == b.register) {
                    if (i == a.zeroRegister || i == b.zeroRegister) return false;
                    (, int256 stride) = OperandReach.form(operand.form, formStride);
                    if (operand.space == SPACE_INDEX || operand.lanes != BYTE_LANES || stride != 1)
                        return false;
                } else {
                    if (operand.guards != 0 || !_isConstant(operand.form, formStride)) return false;
                    OperandLoader.load(operand, formStride, cells + 32 * i, 1, 0);
                }
            }
        }
        a.operand = operands[a.register];
        b.operand = operands[b.register];
        a.zero = _zeroOf(step, a.zeroRegister, cells);
        b.zero = _zeroOf(step, b.zeroRegister, cells);
        return true;
    }

    /// @dev Takes a factor apart. Whether its stream is one is not yet known.
    function _readFactor(
        Step memory step,
        uint256 register,
        Factor memory factor
    ) private pure returns (bool) {
        unchecked {
            // SAFETY: counts of registers are at most 256, and no instruction is looked at that does not exist.
            uint256 operands = step.body.items.length;
            uint256 loaded = operands + step.immediates.length;
            factor.zeroRegister = NO_ZERO;
            if (register >= loaded) {
                uint256 place = register - loaded;
                // Instructions that do not exist have no value; the last one is the product, and no difference.
                if (place >= step.bodyTape.length) return false;
                uint256 instruction = _value(step.bodyTape, place);
                if (instruction >> 24 != Tape.I32_SUB) return false;
                register = (instruction >> 16) & 0xff;
                factor.zeroRegister = (instruction >> 8) & 0xff;
                if (factor.zeroRegister >= loaded) return false;
            }
            factor.register = register;
            return register < operands;
        }
    }

    /// @dev Value of an immediate, or of a constant that was loaded into its cell.
    function _zeroOf(Step memory step, uint256 register, uint256 cells) private pure returns (uint256 zero) {
        if (register == NO_ZERO) return 0;
        uint256 operands = step.body.items.length;
        unchecked {
            // SAFETY: the register is that of an operand or of an immediate.
            if (register >= operands) return _value(step.immediates, register - operands);
            uint256 cell = cells + 32 * register;
            // SAFETY: reads the cell.
            assembly ("memory-safe") {
                zero := mload(cell)
            }
        }
    }

    /// @dev Whether an affine form has the same value in every iteration.
    function _isConstant(uint256 form, uint256 formStride) private pure returns (bool isConstant) {
        // SAFETY: reads the form from its third word on: what it grows by.
        assembly ("memory-safe") {
            isConstant := 1
            let end := add(form, formStride)
            for {
                let place := add(form, 64)
            } lt(place, end) {
                place := add(place, 32)
            } {
                if mload(place) {
                    isConstant := 0
                }
            }
        }
    }

    /// @dev Sum of the products of a row, modulo 2^32.
    function _row(
        Factor memory a,
        Factor memory b,
        uint256 formStride,
        uint256 count
    ) private pure returns (uint256 sum) {
        _startRow(a, formStride, count);
        _startRow(b, formStride, count);
        uint256 done = 0;
        unchecked {
            // SAFETY: every part has an iteration at least; sums and products are ones modulo 2^32, which divides 2^256.
            while (done < count) {
                if (done == a.end) _startPart(a, done, count);
                if (done == b.end) _startPart(b, done, count);
                uint256 n = (a.end < b.end ? a.end : b.end) - done;
                if (n > PackedBytes.MAX_BYTES) n = PackedBytes.MAX_BYTES;
                sum += _part(a, b, done, n);
                done += n;
            }
        }
    }

    /// @dev Sum of the products of some iterations in which both factors are in one part, modulo 2^32.
    function _part(
        Factor memory a,
        Factor memory b,
        uint256 done,
        uint256 n
    ) private pure returns (uint256 sum) {
        unchecked {
            // SAFETY: as in _row; offsets of the calldata.
            uint256 zeroA = a.offset;
            uint256 zeroB = b.offset;
            sum = n * zeroA * zeroB;
            if (a.source == msg.data.length && b.source == msg.data.length) return sum;
            (uint256 products, uint256 ofA, uint256 ofB) = PackedBytes.sums(
                a.source + done,
                b.source + done,
                a.flip,
                b.flip,
                n
            );
            sum += products - zeroB * ofA - zeroA * ofB;
        }
    }

    /// @dev Cuts a row: where the guards hold, and where elements are in range.
    function _startRow(Factor memory factor, uint256 formStride, uint256 count) private pure {
        Operand memory operand = factor.operand;
        (int256 value, ) = OperandReach.form(operand.form, formStride);
        uint256 low = 0;
        uint256 high = count;
        if (operand.guards != 0) {
            (low, high) = operand.guarded(formStride, count);
            if (low >= high) (low, high) = (count, count);
        }
        unchecked {
            // SAFETY: addresses are below 2^48 in absolute value, also at the end of the row.
            uint256 first = value < 0 ? uint256(-value) : 0;
            int256 rest = int256(operand.limit) - value;
            uint256 behind = rest < 0 ? 0 : uint256(rest);
            if (first < low) first = low;
            if (behind > high) behind = high;
            // Nothing in range: the whole part in which the guards hold lies before `first`.
            if (first >= behind) first = high;
            factor.first = first;
            factor.behind = behind;
        }
        factor.value = value;
        factor.low = low;
        factor.high = high;
        factor.end = 0;
    }

    /// @dev The part of the row that goes on at an iteration: bytes of one run, or one and the same value.
    function _startPart(Factor memory factor, uint256 done, uint256 count) private pure {
        unchecked {
            // SAFETY: addresses in range are below 2^45, offsets of the calldata below 2^64.
            if (done >= factor.first && done < factor.behind) {
                Operand memory operand = factor.operand;
                uint256 place = uint256(factor.value + int256(done));
                uint256 word = operand.origin + (place >> 5);
                uint256 lane = place & 31;
                uint256 run = operand.runOf(word);
                uint256 end = done + 32 * (uint64(run >> 64) - word) - lane;
                factor.source = uint64(run) + 32 * (word - (run >> 128)) + lane - done;
                factor.end = end < factor.behind ? end : factor.behind;
                (factor.flip, factor.offset) =
                    operand.isSigned == 1 ? (SIGNS, factor.zero + 128) : (0, factor.zero);
                return;
            }
            bool isPadding = done < factor.low || done >= factor.high;
            if (isPadding) factor.end = done < factor.low ? factor.low : count;
            else factor.end = done < factor.first ? factor.first : factor.high;
            // What lies beyond the calldata reads as zero.
            factor.source = msg.data.length;
            factor.flip = 0;
            factor.offset = isPadding ? factor.zero - factor.operand.pad : factor.zero;
        }
    }

    /// @dev An item of a slice.
    function _value(Slice memory slice, uint256 place) private pure returns (uint256 value) {
        unchecked {
            // SAFETY: an offset in the calldata.
            uint256 offset = slice.offset + 4 * place;
            // SAFETY: does not touch memory.
            assembly ("memory-safe") {
                value := shr(224, calldataload(offset))
            }
        }
    }
}
