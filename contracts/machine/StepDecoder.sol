// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Budget} from "./Budget.sol";
import {Opening} from "./Openings.sol";
import {FormTable, NO_INDEX, Operand, Operands, Step} from "./Step.sol";
import {Tape} from "./Tape.sol";

/// @notice The trees that a step can read.
struct Memory {
    /// @dev Depth of the tree of each space: input, constants, trace.
    uint256[3] depths;
    /// @dev Opened words of each.
    Opening[3] openings;
    /// @dev Depth of one tensor's part of the trace.
    uint256 wordDepth;
}

/// @title Decoding of steps, and the rules that decide which of them are executed
/// @notice Sections 4.3 and 4.4 of the machine's specification. Total: any bytes decode, to a step that is valid or not.
library StepDecoder {
    /// @dev What is known on the way through the encoding.
    struct Decoding {
        /// @dev Calldata offset of the next byte.
        uint256 cursor;
        /// @dev Calldata offset behind the encoding.
        uint256 end;
        /// @dev Number of the step.
        uint256 step;
        /// @dev What the step can read.
        Memory trees;
        /// @dev Extents of the tensor, then of the reduction.
        uint256[] extents;
        /// @dev How many of them are the tensor's.
        uint256 outerRank;
        /// @dev How many of the others the operands of the current list depend on: all, or none.
        uint256 rank;
        /// @dev Bytes of an affine form of that list.
        uint256 formBytes;
        /// @dev Coordinates of the element in the tensor.
        uint256[] coordinates;
        /// @dev Weight of one iteration.
        uint256 iterationGas;
        /// @dev Weight of everything that happens once.
        uint256 gas;
        /// @dev Bytes that open what the step can read.
        uint256 bytesOpened;
    }

    uint256 private constant MAX_LENGTH = 4_096;
    uint256 private constant HEADER_BYTES = 12;
    uint256 private constant MAX_RANK = 8;
    uint256 private constant MAX_TYPE = 3;
    uint256 private constant MAX_FOLD = 8;
    uint256 private constant MAX_SPACE = 3;
    uint256 private constant MAX_GUARDS = 8;
    uint256 private constant MAX_EXTENT = 2 ** 31 - 1;
    uint256 private constant MAX_ELEMENTS = 2 ** 40;
    uint256 private constant MAX_ITERATIONS = 2 ** 24;
    uint256 private constant MAX_REGISTERS = 256;
    uint256 private constant ADDRESS_BOUND = 2 ** 48;

    uint256 private constant SPACE_STEP = 2;
    uint256 private constant SPACE_INDEX = 3;

    /// @notice Decodes an encoding for one element.
    /// @param offset Where the encoding stands in the calldata.
    /// @param length Its length in bytes.
    /// @param number The step's number.
    /// @param byteOffset Any byte of the element.
    /// @param trees What the step can read.
    /// @return step The step. If it is valid but has no such element, only `elementSize` and `elements` mean anything.
    function decode(
        uint256 offset,
        uint256 length,
        uint256 number,
        uint256 byteOffset,
        Memory memory trees
    ) internal pure returns (Step memory step) {
        if (length < HEADER_BYTES || length > MAX_LENGTH) return step;
        unchecked {
            // SAFETY: here and below, fields of the header are below 2^16 and offsets in the calldata below 2^64; extents and ranks are checked before
            // they are used.
            uint256 header = _word(offset) >> 160;
            Decoding memory d;
            d.cursor = offset + HEADER_BYTES;
            d.end = offset + length;
            d.step = number;
            d.trees = trees;
            d.outerRank = (header >> 72) & 0xff;
            uint256 reductionRank = (header >> 64) & 0xff;
            step.elementSize = sizeOf(header >> 88);
            step.fold = (header >> 80) & 0xff;
            step.init = (header >> 32) & 0xff;
            step.bodyTape.length = (header >> 16) & 0xffff;
            step.epilogueTape.length = header & 0xffff;
            step.immediates.length = (header >> 40) & 0xff;
            uint256 bodyOperands = (header >> 56) & 0xff;
            uint256 outerOperands = (header >> 48) & 0xff;
            if (header >> 88 > MAX_TYPE || step.fold > MAX_FOLD) return step;
            if (d.outerRank > MAX_RANK || reductionRank > MAX_RANK) return step;
            if (step.fold == 0 && reductionRank + bodyOperands + step.bodyTape.length != 0) return step;
            if (bodyOperands + step.immediates.length + step.bodyTape.length > MAX_REGISTERS) return step;
            if (outerOperands + step.immediates.length + 1 + step.epilogueTape.length > MAX_REGISTERS)
                return step;
            if (!_readExtents(d, step, reductionRank)) return step;
            _locate(d, step, byteOffset);
            if (!_readOperands(d, step, step.body, bodyOperands, reductionRank)) return step;
            d.iterationGas = d.gas;
            d.gas = 0;
            if (!_readOperands(d, step, step.outer, outerOperands, 0)) return step;
            step.immediates.offset = d.cursor;
            step.bodyTape.offset = d.cursor + 4 * step.immediates.length;
            step.epilogueTape.offset = step.bodyTape.offset + 4 * step.bodyTape.length;
            if (step.epilogueTape.offset + 4 * step.epilogueTape.length != d.end) return step;
            step.isValid = _isWithinBudget(d, step, length);
        }
    }

    /// @notice Bytes of one element.
    /// @param elementType Code of its type, 0 .. 3.
    /// @return 4 or 1.
    function sizeOf(uint256 elementType) internal pure returns (uint256) {
        return elementType < 2 ? 4 : 1;
    }

    /// @dev Reads the extents: 1 .. 2^31 - 1 each, with bounded products.
    function _readExtents(
        Decoding memory d,
        Step memory step,
        uint256 reductionRank
    ) private pure returns (bool) {
        unchecked {
            // SAFETY: products are checked after every factor below 2^31 and stay below 2^72.
            uint256 rank = d.outerRank + reductionRank;
            if (d.cursor + 4 * rank > d.end) return false;
            d.extents = new uint256[](rank);
            step.reduction = new uint256[](reductionRank);
            step.elements = 1;
            step.iterations = 1;
            for (uint256 j = 0; j < rank; ++j) {
                uint256 extent = _word(d.cursor + 4 * j) >> 224;
                if (extent == 0 || extent > MAX_EXTENT) return false;
                d.extents[j] = extent;
                if (j < d.outerRank) {
                    step.elements *= extent;
                    if (step.elements > MAX_ELEMENTS) return false;
                } else {
                    step.reduction[j - d.outerRank] = extent;
                    step.iterations *= extent;
                    if (step.iterations > MAX_ITERATIONS) return false;
                }
            }
            d.cursor += 4 * rank;
            return true;
        }
    }

    /// @dev Finds the coordinates of the element. One that does not exist gets those of another, and is never evaluated.
    function _locate(Decoding memory d, Step memory step, uint256 byteOffset) private pure {
        unchecked {
            // SAFETY: extents are not zero.
            uint256 rest = byteOffset / step.elementSize;
            d.coordinates = new uint256[](d.outerRank);
            for (uint256 j = d.outerRank; j > 0; --j) {
                d.coordinates[j - 1] = rest % d.extents[j - 1];
                rest /= d.extents[j - 1];
            }
        }
    }

    /// @dev Reads one list of operands; adds the weight of loading each once to `gas`, and to `bytesOpened` what opens all that they can touch.
    /// @param rank Number of coordinates of the reduction that they depend on.
    function _readOperands(
        Decoding memory d,
        Step memory step,
        Operands memory operands,
        uint256 count,
        uint256 rank
    ) private pure returns (bool) {
        unchecked {
            // SAFETY: a form takes at least 8 bytes and 4 per stride of the encoding, which so bounds the memory.
            d.rank = rank;
            d.formBytes = 8 + 4 * (d.outerRank + rank);
            FormTable memory forms = operands.forms;
            forms.stride = 32 * (rank == 0 ? 3 : rank + 2);
            forms.start = _allocate(((d.end - d.cursor) / d.formBytes) * forms.stride);
            forms.end = forms.start;
            operands.items = new Operand[](count);
            for (uint256 place = 0; place < count; ++place) {
                uint256 strides = d.cursor + 16;
                Operand memory operand = operands.items[place];
                if (!_readOperand(d, operand, place, forms)) return false;
                if (operand.space != SPACE_INDEX) d.bytesOpened += _openingBytes(operand, d, step, strides);
            }
            return true;
        }
    }

    /// @dev Reads one operand and adds the weight of loading it.
    function _readOperand(
        Decoding memory d,
        Operand memory operand,
        uint256 place,
        FormTable memory forms
    ) private pure returns (bool) {
        unchecked {
            // SAFETY: an operand is below 2^10 bytes long.
            uint256 header = _word(d.cursor);
            operand.space = header >> 248;
            operand.elementType = (header >> 240) & 0xff;
            operand.guards = (header >> 232) & 0xff;
            operand.index = (header >> 224) & 0xff;
            bool isIndexed = operand.index != NO_INDEX;
            if (operand.space > MAX_SPACE || operand.elementType > MAX_TYPE) return false;
            if (operand.guards > MAX_GUARDS || (isIndexed && operand.index >= place)) return false;
            uint256 size = 8 + d.formBytes + (isIndexed ? 8 : 0);
            if (operand.guards != 0) size += 4 + operand.guards * (4 + d.formBytes);
            if (d.cursor + size > d.end) return false;

            operand.form = forms.end;
            uint256 reach = _readForm(d, d.cursor + 8, forms);
            d.cursor += 8 + d.formBytes;
            if (isIndexed) {
                uint256 words = _word(d.cursor);
                uint256 bound = words >> 224;
                if (bound == 0 || bound > MAX_EXTENT) return false;
                operand.indexMaximum = bound - 1;
                operand.indexStride = _signed32(words << 32);
                reach += _magnitude(operand.indexStride) * (bound - 1);
                d.cursor += 8;
            }
            if (reach >= ADDRESS_BOUND) return false;
            if (operand.guards != 0 && !_readGuards(d, operand, forms)) return false;
            d.gas += Budget.load(operand.guards, d.outerRank + d.rank, isIndexed);
            if (operand.space != SPACE_INDEX) _bind(operand, d, (header >> 192) & 0xffffffff);
            return true;
        }
    }

    /// @dev Reads the pad value and the guards of an operand.
    function _readGuards(
        Decoding memory d,
        Operand memory operand,
        FormTable memory forms
    ) private pure returns (bool) {
        unchecked {
            // SAFETY: the caller has checked that the encoding is long enough.
            operand.pad = _word(d.cursor) >> 224;
            d.cursor += 4;
            for (uint256 i = 0; i < operand.guards; ++i) {
                uint256 bound = _word(d.cursor) >> 224;
                if (bound == 0 || bound > MAX_EXTENT) return false;
                uint256 form = forms.end;
                if (_readForm(d, d.cursor + 4, forms) >= ADDRESS_BOUND) return false;
                // SAFETY: writes the second word of the form that was just read.
                assembly ("memory-safe") {
                    mstore(add(form, 32), bound)
                }
                d.cursor += 4 + d.formBytes;
            }
            return true;
        }
    }

    /// @dev Reads an affine form and appends it to a table, with its value at the element's coordinates and the first iteration.
    /// @return reach |base| + Σ |stride|·(extent - 1), which bounds the absolute value of the form everywhere.
    function _readForm(
        Decoding memory d,
        uint256 offset,
        FormTable memory forms
    ) private pure returns (uint256 reach) {
        unchecked {
            // SAFETY: strides and extents are below 2^31 in absolute value and the base below 2^64, so sums of at most 17 terms are below 2^67.
            int256 value;
            uint256 form = forms.end;
            forms.end = form + forms.stride;
            // SAFETY: does not touch memory.
            assembly ("memory-safe") {
                value := signextend(7, shr(192, calldataload(offset)))
            }
            reach = _magnitude(value);
            uint256 outerRank = d.outerRank;
            // What the faster coordinates have added when all of them are at their last.
            int256 carried = 0;
            for (uint256 j = outerRank + d.rank; j > 0; --j) {
                int256 stride = _signed32(_word(offset + 4 + 4 * j));
                uint256 last = d.extents[j - 1] - 1;
                reach += _magnitude(stride) * last;
                if (j <= outerRank) {
                    value += stride * int256(d.coordinates[j - 1]);
                } else {
                    int256 advance = stride - carried;
                    carried += stride * int256(last);
                    // SAFETY: forms of a table have one word per coordinate of the reduction behind the first two.
                    assembly ("memory-safe") {
                        mstore(add(form, shl(5, add(1, sub(j, outerRank)))), advance)
                    }
                }
            }
            // SAFETY: as above.
            assembly ("memory-safe") {
                mstore(form, value)
            }
        }
    }

    /// @dev Says where the words of an operand are.
    function _bind(Operand memory operand, Decoding memory d, uint256 source) private pure {
        uint256 depth = d.trees.depths[operand.space];
        operand.opening = d.trees.openings[operand.space];
        if (operand.space == SPACE_STEP) {
            // A tensor that the step must not read is one of no elements.
            if (source >= d.step) return;
            depth = d.trees.wordDepth;
            operand.origin = source << depth;
        }
        operand.limit = (32 << depth) / sizeOf(operand.elementType);
    }

    /// @dev Bytes that open every word that an operand can touch.
    /// @param strides Where the strides of its address stand in the calldata.
    function _openingBytes(
        Operand memory operand,
        Decoding memory d,
        Step memory step,
        uint256 strides
    ) private pure returns (uint256 least) {
        unchecked {
            // SAFETY: a span is below 2^48 by the rule on addresses, there are at most 2^24 runs.
            uint256 depth = d.trees.depths[operand.space];
            // Outer operands have no reduction here, and so one run of one word.
            uint256 runs = d.rank == 0 ? 1 : step.iterations;
            least = Budget.openingBytes(runs, 1, depth);
            if (operand.index != NO_INDEX) return least;
            uint256 perWord = 32 / sizeOf(operand.elementType);
            uint256 span = 0;
            strides += 4 * d.outerRank;
            for (uint256 j = d.rank; j > 0; --j) {
                uint256 extent = step.reduction[j - 1];
                runs /= extent;
                span += _magnitude(_signed32(_word(strides + 4 * j - 4))) * (extent - 1);
                uint256 words = span == 0 ? 1 : (span + perWord - 1) / perWord + 1;
                uint256 candidate = Budget.openingBytes(runs, words, depth);
                if (candidate < least) least = candidate;
            }
        }
    }

    /// @dev Rule 7.
    function _isWithinBudget(
        Decoding memory d,
        Step memory step,
        uint256 length
    ) private pure returns (bool) {
        unchecked {
            // SAFETY: weights are below 2^12, counts below 2^17 and iterations at most 2^24.
            uint256 iterationGas =
                d.iterationGas + Budget.ITERATION + Budget.tape(step.bodyTape.offset, step.bodyTape.length);
            if (step.fold != 0) iterationGas += Budget.operation(Tape.foldOperation(step.fold));
            uint256 gas =
                d.gas +
                    Budget.STEP +
                    Budget.BYTE * length +
                    Budget.tape(step.epilogueTape.offset, step.epilogueTape.length) +
                    step.iterations * iterationGas +
                    Budget.WORD * ((d.bytesOpened + 31) / 32);
            return gas <= Budget.MAX_GAS && d.bytesOpened <= Budget.MAX_BYTES;
        }
    }

    /// @dev Zeroed memory. Its address is all that refers to it.
    function _allocate(uint256 size) private pure returns (uint256 start) {
        // SAFETY: moves the free pointer; what lies beyond the calldata reads as zero.
        assembly ("memory-safe") {
            start := mload(0x40)
            mstore(0x40, add(start, size))
            calldatacopy(start, calldatasize(), size)
        }
    }

    /// @dev The 32 bytes at an offset of the calldata; zeros beyond its end.
    function _word(uint256 offset) private pure returns (uint256 word) {
        // SAFETY: does not touch memory.
        assembly ("memory-safe") {
            word := calldataload(offset)
        }
    }

    /// @dev The number in the highest 4 bytes.
    function _signed32(uint256 word) private pure returns (int256 value) {
        // SAFETY: does not touch memory.
        assembly ("memory-safe") {
            value := sar(224, word)
        }
    }

    /// @dev Absolute value of a number that is not the smallest.
    function _magnitude(int256 value) private pure returns (uint256) {
        unchecked {
            // SAFETY: numbers here come from at most 64 bits.
            return uint256(value < 0 ? -value : value);
        }
    }
}
