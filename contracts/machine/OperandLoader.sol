// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {NO_INDEX, Operand} from "./Step.sol";

/// @title Loading of operands into columns of registers
/// @notice Section 4.1 of the machine's specification. An operand is loaded for a stretch of a *row*: neighbouring iterations of the innermost
/// coordinate of the reduction, along which all its affine forms grow by a constant. So guards cut a stretch into at most three parts, and
/// contiguous elements are taken word by word.
library OperandLoader {
    /// @notice The evaluation needs a word that the proof does not show. Spaces are 0 input, 1 constants, 2 trace.
    error OperandWordMissing(uint256 space, uint256 word);

    uint256 private constant SPACE_INDEX = 3;
    uint256 private constant TYPE_I8 = 2;
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
            (int256 value, int256 step) = _form(self.form, formStride);
            if (self.guards != 0) {
                (uint256 low, uint256 high) = _guarded(self, formStride, count);
                if (low >= high) {
                    _fill(target, count, self.pad);
                    return;
                }
                if (low != 0) _fill(target, low, self.pad);
                if (high != count) _fill(target + 32 * high, count - high, self.pad);
                value += step * int256(low);
                target += 32 * low;
                indexCells += 32 * low;
                count = high - low;
            }
            if (self.index != NO_INDEX) {
                _gather(self, value, step, target, count, indexCells);
            } else if (self.space == SPACE_INDEX) {
                _count(value, step, target, count);
            } else if (step == 1 && value >= 0 && uint256(value) + count <= self.limit) {
                if (self.elementType < TYPE_I8) _streamWords(self, uint256(value), target, count);
                else _streamBytes(self, uint256(value), target, count);
            } else if (step == 0 && count > 1) {
                _gather(self, value, 0, target, 1, 0);
                uint256 cell;
                // SAFETY: reads the cell that was written.
                assembly ("memory-safe") {
                    cell := mload(target)
                }
                _fill(target + 32, count - 1, cell);
            } else {
                _gather(self, value, step, target, count, 0);
            }
        }
    }

    /// @dev The part [low, high) of a stretch in which every guard holds; empty if low >= high.
    function _guarded(
        Operand memory self,
        uint256 formStride,
        uint256 count
    ) private pure returns (uint256 low, uint256 high) {
        high = count;
        uint256 form = self.form;
        unchecked {
            // SAFETY: forms are below 2^48 and bounds below 2^31; divisors are not zero.
            for (uint256 i = self.guards; i > 0; --i) {
                form += formStride;
                (int256 value, int256 step) = _form(form, formStride);
                int256 bound;
                // SAFETY: reads the second word of a guard's form.
                assembly ("memory-safe") {
                    bound := mload(add(form, 32))
                }
                // The first iteration in which 0 <= value + step·i < bound, and the first one after that in which it fails.
                int256 first = 0;
                int256 behind = int256(high);
                if (step == 0) {
                    if (value < 0 || value >= bound) return (0, 0);
                } else if (step > 0) {
                    if (value < 0) first = (step - 1 - value) / step;
                    behind = value < bound ? (bound - value + step - 1) / step : int256(0);
                } else {
                    if (value >= bound) first = (value - bound) / -step + 1;
                    behind = value < 0 ? int256(0) : value / -step + 1;
                }
                if (uint256(first) > low) low = uint256(first);
                if (uint256(behind) < high) high = uint256(behind);
            }
        }
    }

    /// @dev Addresses themselves.
    function _count(int256 value, int256 step, uint256 target, uint256 count) private pure {
        // SAFETY: writes `count` cells from the target on.
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(target, and(value, MASK))
                value := add(value, step)
            }
        }
    }

    /// @dev Neighbouring elements of 4 bytes, all in range.
    function _streamWords(Operand memory self, uint256 address_, uint256 target, uint256 count) private pure {
        unchecked {
            // SAFETY: addresses in range are below 2^43.
            uint256 word = self.origin + (address_ >> 3);
            uint256 lane = address_ & 7;
            while (count != 0) {
                uint256 run = _run(self, word);
                // SAFETY: reads the run's words in the calldata, from this one to the last; writes at most `count` cells.
                assembly ("memory-safe") {
                    let behind := and(shr(64, run), 0xffffffffffffffff)
                    let source := add(and(run, 0xffffffffffffffff), shl(5, sub(word, shr(128, run))))
                    for {} and(lt(word, behind), gt(count, 0)) {
                        word := add(word, 1)
                        source := add(source, 32)
                    } {
                        // The bytes of each of the eight elements into big-endian order, the first element highest.
                        let data := calldataload(source)
                        data := or(
                            shl(
                                8,
                                and(data, 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff)
                            ),
                            and(
                                shr(8, data),
                                0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff
                            )
                        )
                        data := or(
                            shl(
                                16,
                                and(data, 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff)
                            ),
                            and(
                                shr(16, data),
                                0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff
                            )
                        )
                        switch and(iszero(lane), gt(count, 7))
                        case 1 {
                            mstore(target, shr(224, data))
                            mstore(add(target, 0x20), and(shr(192, data), MASK))
                            mstore(add(target, 0x40), and(shr(160, data), MASK))
                            mstore(add(target, 0x60), and(shr(128, data), MASK))
                            mstore(add(target, 0x80), and(shr(96, data), MASK))
                            mstore(add(target, 0xa0), and(shr(64, data), MASK))
                            mstore(add(target, 0xc0), and(shr(32, data), MASK))
                            mstore(add(target, 0xe0), and(data, MASK))
                            target := add(target, 0x100)
                            count := sub(count, 8)
                        }
                        default {
                            data := shl(shl(5, lane), data)
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
            uint256 isSigned = self.elementType == TYPE_I8 ? 1 : 0;
            uint256 word = self.origin + (address_ >> 5);
            uint256 lane = address_ & 31;
            while (count != 0) {
                uint256 run = _run(self, word);
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

    /// @dev Elements anywhere, one by one; those out of range are 0.
    /// @param indexCells Not looked at if the operand has no index.
    function _gather(
        Operand memory self,
        int256 value,
        int256 step,
        uint256 target,
        uint256 count,
        uint256 indexCells
    ) private pure {
        unchecked {
            // SAFETY: addresses stay below 2^48 in absolute value, also with an index.
            uint256 lastWord = type(uint256).max;
            uint256 data = 0;
            uint256 lanes = self.elementType < TYPE_I8 ? 3 : 5;
            for (uint256 i = 0; i < count; ++i) {
                uint256 address_ = uint256(value);
                if (self.index != NO_INDEX) address_ += _indexed(self, indexCells + 32 * i);
                uint256 cell = 0;
                if (self.space == SPACE_INDEX) {
                    cell = address_ & MASK;
                } else if (address_ < self.limit) {
                    uint256 word = self.origin + (address_ >> lanes);
                    if (word != lastWord) {
                        lastWord = word;
                        uint256 run = _run(self, word);
                        // SAFETY: does not touch memory.
                        assembly ("memory-safe") {
                            data := calldataload(
                                add(and(run, 0xffffffffffffffff), shl(5, sub(word, shr(128, run))))
                            )
                        }
                    }
                    cell = _element(data, address_, self.elementType);
                }
                // SAFETY: writes cell i of the `count` from the target on.
                assembly ("memory-safe") {
                    mstore(add(target, shl(5, i)), cell)
                }
                value += step;
            }
        }
    }

    /// @dev What an operand's address grows by for the value of the register that it is indexed by.
    function _indexed(Operand memory self, uint256 cell) private pure returns (uint256 growth) {
        uint256 maximum = self.indexMaximum;
        int256 stride = self.indexStride;
        // SAFETY: reads one cell. The product is below 2^62 in absolute value.
        assembly ("memory-safe") {
            let value := signextend(3, mload(cell))
            if slt(value, 0) {
                value := 0
            }
            if gt(value, maximum) {
                value := maximum
            }
            growth := mul(stride, value)
        }
    }

    /// @dev One element of a word.
    function _element(
        uint256 data,
        uint256 address_,
        uint256 elementType
    ) private pure returns (uint256 cell) {
        // SAFETY: does not touch memory.
        assembly ("memory-safe") {
            switch lt(elementType, TYPE_I8)
            case 1 {
                cell := shr(sub(224, shl(5, and(address_, 7))), data)
                cell := or(shl(8, and(cell, 0x00ff00ff)), and(shr(8, cell), 0x00ff00ff))
                cell := or(shl(16, and(cell, 0xffff)), shr(16, cell))
            }
            default {
                cell := byte(and(address_, 31), data)
                if eq(elementType, TYPE_I8) {
                    cell := and(signextend(0, cell), MASK)
                }
            }
        }
    }

    /// @dev The run that holds a word: mostly the one that held the word before.
    function _run(Operand memory self, uint256 word) private pure returns (uint256 run) {
        run = self.run;
        unchecked {
            // SAFETY: a run ends behind its first word; a word before that wraps to a number beyond every end.
            uint256 first = run >> 128;
            if (word - first < uint64(run >> 64) - first) return run;
        }
        run = self.opening.locate(word);
        require(run != 0, OperandWordMissing(self.space, word));
        self.run = run;
    }

    /// @dev Value of an affine form, and what it grows by along the row, which is its last word.
    function _form(uint256 form, uint256 formStride) private pure returns (int256 value, int256 step) {
        // SAFETY: reads the form.
        assembly ("memory-safe") {
            value := mload(form)
            step := mload(sub(add(form, formStride), 32))
        }
    }

    /// @dev The same value in some cells.
    function _fill(uint256 target, uint256 count, uint256 value) private pure {
        // SAFETY: writes `count` cells from the target on.
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
            } lt(target, end) {
                target := add(target, 32)
            } {
                mstore(target, value)
            }
        }
    }
}
