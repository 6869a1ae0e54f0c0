// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Columns} from "./Columns.sol";
import {OperandReach} from "./OperandReach.sol";
import {NO_INDEX, Operand} from "./Step.sol";

/// @title Loading of operands into columns of registers
/// @notice Section 4.1 of the machine's specification. An operand is loaded for a stretch of a *row*: neighbouring iterations of the innermost
/// coordinate of the reduction, along which all its affine forms grow by a constant. So guards cut a stretch into at most three parts, and
/// contiguous elements are taken word by word.
library OperandLoader {
    using OperandReach for Operand;

    uint256 private constant SPACE_INDEX = 3;
    /// @dev Base 2 logarithm of the elements of a word if they have 4 bytes.
    uint256 private constant WORD_LANES = 3;
    uint256 private constant MASK = 0xffffffff;

    /// @notice Loads a stretch of a row.
    /// @param self The operand. Its forms have their values at the stretch's first iteration.
    /// @param formStride Bytes of one form.
    /// @param target Address of the first cell to write.
    /// @param count Number of iterations, at least 1 and at most 2^24.
    /// @param indexCells Address of the cells of the register that the operand is indexed by; not looked at if there is none.
    function load(
        Operand memory self,
        uint256 formStride,
        uint256 target,
        uint256 count,
        uint256 indexCells
    ) internal pure {
        unchecked {
            // SAFETY: forms are below 2^48 in absolute value wherever the iteration goes, and cells are in memory.
            (int256 value, int256 step) = OperandReach.form(self.form, formStride);
            if (self.guards != 0) {
                (uint256 low, uint256 high) = self.guarded(formStride, count);
                if (low >= high) {
                    Columns.fill(target, 32 * count, self.pad);
                    return;
                }
                if (low != 0) Columns.fill(target, 32 * low, self.pad);
                if (high != count) Columns.fill(target + 32 * high, 32 * (count - high), self.pad);
                value += step * int256(low);
                target += 32 * low;
                indexCells += 32 * low;
                count = high - low;
            }
            uint256 distance = self.index == NO_INDEX ? 0 : indexCells - target;
            if (self.space == SPACE_INDEX) {
                _count(self, value, step, target, count, distance);
            } else if (distance != 0) {
                _gather(self, value, step, target, count, distance);
            } else if (step == 1) {
                _stream(self, value, target, count);
            } else if (step == 0 && count > 1) {
                _gather(self, value, 0, target, 1, 0);
                uint256 cell;
                // SAFETY: reads the cell that was written.
                assembly ("memory-safe") {
                    cell := mload(target)
                }
                Columns.fill(target, 32 * count, cell);
            } else {
                _gather(self, value, step, target, count, 0);
            }
        }
    }

    /// @dev Addresses themselves.
    /// @param distance As in {_gather}.
    function _count(
        Operand memory self,
        int256 value,
        int256 step,
        uint256 target,
        uint256 count,
        uint256 distance
    ) private pure {
        uint256 maximum = self.indexMaximum;
        int256 stride = self.indexStride;
        // SAFETY: writes `count` cells from the target on. Products are below 2^62 in absolute value.
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
            } lt(target, end) {
                target := add(target, 32)
                value := add(value, step)
            } {
                let place := value
                if distance {
                    let register := signextend(3, mload(add(distance, target)))
                    if slt(register, 0) {
                        register := 0
                    }
                    if gt(register, maximum) {
                        register := maximum
                    }
                    place := add(place, mul(register, stride))
                }
                mstore(target, and(place, MASK))
            }
        }
    }

    /// @dev Neighbouring elements; those out of range are 0.
    function _stream(Operand memory self, int256 value, uint256 target, uint256 count) private pure {
        unchecked {
            // SAFETY: addresses are below 2^48 in absolute value.
            int256 excess = value + int256(count) - int256(self.limit);
            if (value < 0 || excess > 0) {
                if (value <= -int256(count) || excess >= int256(count)) {
                    Columns.fill(target, 32 * count, 0);
                    return;
                }
                // Of the part below the space and the part behind it, neither is everything.
                if (excess > 0) {
                    count -= uint256(excess);
                    Columns.fill(target + 32 * count, 32 * uint256(excess), 0);
                }
                if (value < 0) {
                    Columns.fill(target, 32 * uint256(-value), 0);
                    target += 32 * uint256(-value);
                    count -= uint256(-value);
                    value = 0;
                }
            }
            if (self.lanes == WORD_LANES) _streamWords(self, uint256(value), target, count);
            else _streamBytes(self, uint256(value), target, count);
        }
    }

    /// @dev Neighbouring elements of 4 bytes, all in range.
    function _streamWords(Operand memory self, uint256 address_, uint256 target, uint256 count) private pure {
        unchecked {
            // SAFETY: addresses in range are below 2^43.
            uint256 word = self.origin + (address_ >> 3);
            uint256 lane = address_ & 7;
            while (count != 0) {
                uint256 run = self.runOf(word);
                // SAFETY: reads the run's words in the calldata, from this one to the last; writes at most `count` cells.
                assembly ("memory-safe") {
                    // The bytes of each of the eight elements of a word into big-endian order, the first element highest.
                    function ordered(data) -> result {
                        result := or(
                            shl(
                                8,
                                and(data, 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff)
                            ),
                            and(
                                shr(8, data),
                                0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff
                            )
                        )
                        result := or(
                            shl(
                                16,
                                and(
                                    result,
                                    0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff
                                )
                            ),
                            and(
                                shr(16, result),
                                0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff
                            )
                        )
                    }
                    let source := add(and(run, 0xffffffffffffffff), shl(5, sub(word, shr(128, run))))
                    // Words that are read to their end, then what is left of the last one.
                    let words := sub(and(shr(64, run), 0xffffffffffffffff), word)
                    if lane {
                        let data := shl(shl(5, lane), ordered(calldataload(source)))
                        let taken := sub(8, lane)
                        if gt(taken, count) {
                            taken := count
                        }
                        count := sub(count, taken)
                        for {} taken {
                            taken := sub(taken, 1)
                        } {
                            mstore(target, shr(224, data))
                            target := add(target, 32)
                            data := shl(32, data)
                        }
                        lane := 0
                        word := add(word, 1)
                        source := add(source, 32)
                        words := sub(words, 1)
                    }
                    let whole := shr(3, count)
                    if gt(whole, words) {
                        whole := words
                    }
                    count := sub(count, shl(3, whole))
                    word := add(word, whole)
                    words := sub(words, whole)
                    for {
                        let end := add(target, shl(8, whole))
                    } lt(target, end) {
                        target := add(target, 0x100)
                        source := add(source, 32)
                    } {
                        let data := ordered(calldataload(source))
                        mstore(target, shr(224, data))
                        mstore(add(target, 0x20), and(shr(192, data), MASK))
                        mstore(add(target, 0x40), and(shr(160, data), MASK))
                        mstore(add(target, 0x60), and(shr(128, data), MASK))
                        mstore(add(target, 0x80), and(shr(96, data), MASK))
                        mstore(add(target, 0xa0), and(shr(64, data), MASK))
                        mstore(add(target, 0xc0), and(shr(32, data), MASK))
                        mstore(add(target, 0xe0), and(data, MASK))
                    }
                    if and(gt(words, 0), gt(count, 0)) {
                        let data := ordered(calldataload(source))
                        for {} count {
                            count := sub(count, 1)
                        } {
                            mstore(target, shr(224, data))
                            target := add(target, 32)
                            data := shl(32, data)
                        }
                    }
                }
            }
        }
    }

    /// @dev Neighbouring elements of 1 byte, all in range.
    function _streamBytes(Operand memory self, uint256 address_, uint256 target, uint256 count) private pure {
        unchecked {
            // SAFETY: addresses in range are below 2^45.
            uint256 isSigned = self.isSigned;
            uint256 word = self.origin + (address_ >> 5);
            uint256 lane = address_ & 31;
            while (count != 0) {
                uint256 run = self.runOf(word);
                // SAFETY: reads one word of the run in the calldata; writes at most `count` cells.
                assembly ("memory-safe") {
                    let data := calldataload(
                        add(and(run, 0xffffffffffffffff), shl(5, sub(word, shr(128, run))))
                    )
                    let behind := add(lane, count)
                    if gt(behind, 32) {
                        behind := 32
                    }
                    count := sub(count, sub(behind, lane))
                    switch isSigned
                    case 0 {
                        for {} lt(lane, behind) {
                            lane := add(lane, 1)
                        } {
                            mstore(target, byte(lane, data))
                            target := add(target, 32)
                        }
                    }
                    default {
                        for {} lt(lane, behind) {
                            lane := add(lane, 1)
                        } {
                            mstore(target, and(signextend(0, byte(lane, data)), MASK))
                            target := add(target, 32)
                        }
                    }
                    lane := 0
                }
                ++word;
            }
        }
    }

    /// @dev Elements anywhere; those out of range are 0.
    /// @param distance From the target to the cells of the register that the operand is indexed by; 0 if there is none.
    function _gather(
        Operand memory self,
        int256 value,
        int256 step,
        uint256 target,
        uint256 count,
        uint256 distance
    ) private pure {
        unchecked {
            // SAFETY: sums of addresses in memory.
            count = target + 32 * count;
        }
        while (true) {
            // SAFETY: addresses stay below 2^48 in absolute value, also with an index. Reads words of the run in the calldata; writes the cells from the target
            // to `count`, which is the end, and the scratch space.
            assembly ("memory-safe") {
                let run := mload(mload(add(self, 0x80)))
                let first := shr(128, run)
                let words := sub(and(shr(64, run), 0xffffffffffffffff), first)
                run := and(run, 0xffffffffffffffff)
                for {} lt(target, count) {
                    target := add(target, 32)
                    value := add(value, step)
                } {
                    let place := value
                    if distance {
                        let register := signextend(3, mload(add(distance, target)))
                        if slt(register, 0) {
                            register := 0
                        }
                        if gt(register, mload(add(self, 0x160))) {
                            register := mload(add(self, 0x160))
                        }
                        place := add(place, mul(register, mload(add(self, 0x180))))
                    }
                    let cell := 0
                    if lt(place, mload(self)) {
                        let lanes := mload(add(self, 0x40))
                        let word := add(mload(add(self, 0x20)), shr(lanes, place))
                        if iszero(lt(sub(word, first), words)) {
                            mstore(0x00, word)
                            break
                        }
                        cell := calldataload(add(run, shl(5, sub(word, first))))
                        switch lanes
                        case 3 {
                            cell := shr(sub(224, shl(5, and(place, 7))), cell)
                            cell := or(shl(8, and(cell, 0x00ff00ff)), and(shr(8, cell), 0x00ff00ff))
                            cell := or(shl(16, and(cell, 0xffff)), shr(16, cell))
                        }
                        default {
                            cell := byte(and(place, 31), cell)
                            if mload(add(self, 0x60)) {
                                cell := and(signextend(0, cell), MASK)
                            }
                        }
                    }
                    mstore(target, cell)
                }
            }
            if (target >= count) return;
            uint256 missing;
            // SAFETY: reads what was just written.
            assembly ("memory-safe") {
                missing := mload(0x00)
            }
            self.move(missing);
        }
    }
}
