// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AffineForms} from "./AffineForms.sol";
import {Decoding, Encoded, Memory} from "./Decoding.sol";
import {NO_RUN} from "./Openings.sol";
import {FormTable, NO_INDEX, Operand, Operands, Step} from "./Step.sol";
import {StepBudget} from "./StepBudget.sol";

/// @title Decoding of steps, and the rules that decide which of them are executed
/// @notice Sections 4.3 and 4.4 of the machine's specification. Total: any bytes decode, to a step that is valid or not.
library StepDecoder {
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
            uint256 header = Encoded.word(offset) >> 160;
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
            step.isValid = StepBudget.isKept(d, step, length);
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
                uint256 extent = Encoded.word(d.cursor + 4 * j) >> 224;
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
                if (operand.space != SPACE_INDEX)
                    d.bytesOpened += StepBudget.openingBytes(operand, d, step, strides);
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
            uint256 header = Encoded.word(d.cursor);
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
            uint256 reach = AffineForms.read(d, d.cursor + 8, forms);
            d.cursor += 8 + d.formBytes;
            if (isIndexed) {
                uint256 words = Encoded.word(d.cursor);
                uint256 bound = words >> 224;
                if (bound == 0 || bound > MAX_EXTENT) return false;
                operand.indexMaximum = bound - 1;
                operand.indexStride = Encoded.signed32(words << 32);
                reach += Encoded.magnitude(operand.indexStride) * (bound - 1);
                d.cursor += 8;
            }
            if (reach >= ADDRESS_BOUND) return false;
            if (operand.guards != 0 && !_readGuards(d, operand, forms)) return false;
            StepBudget.weigh(d, operand, forms);
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
            operand.pad = Encoded.word(d.cursor) >> 224;
            d.cursor += 4;
            for (uint256 i = 0; i < operand.guards; ++i) {
                uint256 bound = Encoded.word(d.cursor) >> 224;
                if (bound == 0 || bound > MAX_EXTENT) return false;
                uint256 form = forms.end;
                if (AffineForms.read(d, d.cursor + 4, forms) >= ADDRESS_BOUND) return false;
                // SAFETY: writes the second word of the form that was just read.
                assembly ("memory-safe") {
                    mstore(add(form, 32), bound)
                }
                d.cursor += 4 + d.formBytes;
            }
            return true;
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

    /// @dev Zeroed memory. Its address is all that refers to it.
    function _allocate(uint256 size) private pure returns (uint256 start) {
        // SAFETY: moves the free pointer; what lies beyond the calldata reads as zero.
        assembly ("memory-safe") {
            start := mload(0x40)
            mstore(0x40, add(start, size))
            calldatacopy(start, calldatasize(), size)
        }
    }
}
