// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Budget} from "./Budget.sol";
import {NO_RUN, Opening} from "./Openings.sol";
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
        /// @dev How many extents of the reduction that are not 1 they depend on.
        uint256 advances;
        /// @dev Bytes of an affine form of that list.
        uint256 formBytes;
        /// @dev Coordinates of the element in the tensor.
        uint256[] coordinates;
        /// @dev Weight of the loads of one iteration.
        uint256 iterationGas;
        /// @dev Weight of the loads of one stretch.
        uint256 stretchGas;
        /// @dev Weight of the loads that happen once.
        uint256 outerGas;
        /// @dev Bytes that open what the step can read.
        uint256 bytesOpened;
    }

    uint256 private constant MAX_LENGTH = 4_096;
    uint256 private constant HEADER_BYTES = 12;
    uint256 private constant MAX_RANK = 8;
    uint256 private constant MAX_TYPE = 3;
    uint256 private constant TYPE_I8 = 2;
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
            step.elementSize = header >> 88 < TYPE_I8 ? 4 : 1;
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
            if (!_readOperands(d, step, step.outer, outerOperands, 0)) return step;
            step.immediates.offset = d.cursor;
            step.bodyTape.offset = d.cursor + 4 * step.immediates.length;
            step.epilogueTape.offset = step.bodyTape.offset + 4 * step.bodyTape.length;
            if (step.epilogueTape.offset + 4 * step.epilogueTape.length != d.end) return step;
            step.isValid = _isWithinBudget(d, step, length);
        }
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
            uint256[] memory extents = new uint256[](rank);
            uint256[] memory reduction = new uint256[](reductionRank);
            uint256 kept = 0;
            step.elements = 1;
            step.iterations = 1;
            for (uint256 j = 0; j < rank; ++j) {
                uint256 extent = _word(d.cursor + 4 * j) >> 224;
                if (extent == 0 || extent > MAX_EXTENT) return false;
                extents[j] = extent;
                if (j < d.outerRank) {
                    step.elements *= extent;
                    if (step.elements > MAX_ELEMENTS) return false;
                } else if (extent > 1) {
                    reduction[kept++] = extent;
                    step.iterations *= extent;
                    if (step.iterations > MAX_ITERATIONS) return false;
                }
            }
            // SAFETY: an array may forget its last elements.
            assembly ("memory-safe") {
                mstore(reduction, kept)
            }
            d.extents = extents;
            step.reduction = reduction;
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

    /// @dev Reads one list of operands; adds up the weight of loading them, and in `bytesOpened` what opens all that they can touch.
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
            d.advances = rank == 0 ? 0 : step.reduction.length;
            forms.stride = 32 * (d.advances == 0 ? 3 : d.advances + 2);
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
            uint256 elementType = (header >> 240) & 0xff;
            operand.guards = (header >> 232) & 0xff;
            operand.index = (header >> 224) & 0xff;
            bool isIndexed = operand.index != NO_INDEX;
            if (operand.space > MAX_SPACE || elementType > MAX_TYPE) return false;
            if (operand.guards > MAX_GUARDS || (isIndexed && operand.index >= place)) return false;
            operand.lanes = elementType < TYPE_I8 ? 3 : 5;
            operand.isSigned = elementType == TYPE_I8 ? 1 : 0;
            operand.cursor = NO_RUN;
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
            _weigh(d, operand, forms);
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
            // SAFETY: the table has room for every form that the encoding has room for. Strides and extents are below 2^31 in absolute value and the base is
            // at most 2^63, so sums of at most 17 terms are below 2^67.
            uint256 form = forms.end;
            forms.end = form + forms.stride;
            (int256 value, uint256 outerReach) = _outerTerms(
                offset + 8,
                d.outerRank,
                d.extents,
                d.coordinates
            );
            reach = outerReach + _reductionTerms(offset + 8, d.outerRank, d.rank, d.extents, forms.end);
            int256 base;
            // SAFETY: does not touch memory.
            assembly ("memory-safe") {
                base := signextend(7, shr(192, calldataload(offset)))
            }
            reach += _magnitude(base);
            value += base;
            // SAFETY: writes the form's first word.
            assembly ("memory-safe") {
                mstore(form, value)
            }
        }
    }

    /// @dev The part of a form that depends on the element, and the part of its reach.
    function _outerTerms(
        uint256 strides,
        uint256 rank,
        uint256[] memory extents,
        uint256[] memory coordinates
    ) private pure returns (int256 value, uint256 reach) {
        // SAFETY: reads elements 0 .. rank - 1 of both arrays, which stand behind the arrays' lengths. Sums as in _readForm.
        assembly ("memory-safe") {
            let end := add(extents, shl(5, rank))
            coordinates := sub(coordinates, extents)
            for {} lt(extents, end) {
                strides := add(strides, 4)
            } {
                extents := add(extents, 32)
                let stride := sar(224, calldataload(strides))
                value := add(value, mul(stride, mload(add(coordinates, extents))))
                stride := mul(stride, sub(mload(extents), 1))
                let sign := sar(255, stride)
                reach := add(reach, sub(xor(stride, sign), sign))
            }
        }
    }

    /// @dev The part of a form's reach that depends on the iteration; writes what the form advances by into its last words.
    /// @param behind Address behind the form.
    function _reductionTerms(
        uint256 strides,
        uint256 outerRank,
        uint256 rank,
        uint256[] memory extents,
        uint256 behind
    ) private pure returns (uint256 reach) {
        // SAFETY: reads elements outerRank .. outerRank + rank - 1 of the extents, which stand behind the array's length; writes one word per extent that is
        // not 1, for which the form has room. Sums as in _readForm.
        assembly ("memory-safe") {
            // The last coordinate first. Its extent stands at `extent`.
            let first := add(extents, shl(5, outerRank))
            let extent := add(first, shl(5, rank))
            strides := add(strides, shl(2, add(outerRank, rank)))
            // What the faster coordinates have added when all of them are at their last.
            let carried := 0
            for {} gt(extent, first) {
                extent := sub(extent, 32)
            } {
                strides := sub(strides, 4)
                let last := sub(mload(extent), 1)
                if last {
                    let stride := sar(224, calldataload(strides))
                    behind := sub(behind, 32)
                    mstore(behind, sub(stride, carried))
                    stride := mul(stride, last)
                    carried := add(carried, stride)
                    let sign := sar(255, stride)
                    reach := add(reach, sub(xor(stride, sign), sign))
                }
            }
        }
    }

    /// @dev Adds the weight of loading an operand.
    function _weigh(Decoding memory d, Operand memory operand, FormTable memory forms) private pure {
        unchecked {
            // SAFETY: at most 8 guards and 255 operands.
            uint256 gas = Budget.LOAD + operand.guards * Budget.GUARD;
            if (d.rank == 0) {
                d.outerGas += gas + Budget.FAR;
                return;
            }
            d.stretchGas += gas;
            uint256 form = operand.form + forms.stride;
            int256 stride;
            // SAFETY: reads the last word of the form of the address: what it grows by along a row.
            assembly ("memory-safe") {
                stride := mload(sub(form, 32))
            }
            bool isNear =
                operand.index == NO_INDEX &&
                    d.advances != 0 &&
                    (operand.space == SPACE_INDEX || stride == 0 || stride == 1);
            d.iterationGas += isNear ? Budget.NEAR : Budget.FAR;
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
        operand.limit = 1 << (depth + operand.lanes);
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
            uint256 perWord = 1 << operand.lanes;
            uint256 span = 0;
            for (uint256 j = d.outerRank + d.rank; j > d.outerRank; --j) {
                uint256 extent = d.extents[j - 1];
                if (extent == 1) continue;
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
            // SAFETY: weights are below 2^13, counts below 2^17 and iterations at most 2^24.
            uint256 innermost = step.reduction.length == 0 ? 1 : step.reduction[step.reduction.length - 1];
            uint256 stretches = step.iterations / innermost + step.iterations / Budget.BLOCK;
            uint256 iterationGas = d.iterationGas + Budget.tape(step.bodyTape.offset, step.bodyTape.length);
            if (step.fold != 0) iterationGas += Budget.operation(Tape.foldOperation(step.fold));
            uint256 gas = Budget.STEP + Budget.BYTE * length + d.outerGas;
            gas += Budget.tape(step.epilogueTape.offset, step.epilogueTape.length);
            gas += stretches * (Budget.STRETCH + d.stretchGas) + step.iterations * iterationGas;
            gas += Budget.WORD * ((d.bytesOpened + 31) / 32);
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
