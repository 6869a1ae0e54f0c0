// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Budget} from "./Budget.sol";
import {ByteProduct} from "./ByteProduct.sol";
import {Columns} from "./Columns.sol";
import {DotProduct} from "./DotProduct.sol";
import {OperandLoader} from "./OperandLoader.sol";
import {OperandReach} from "./OperandReach.sol";
import {PackedFloats} from "./PackedFloats.sol";
import {NO_INDEX, Operand, Operands, Slice, Step} from "./Step.sol";
import {Tape} from "./Tape.sol";
import {Walk, Walks} from "./Walk.sol";

/// @title Evaluation of one element of a step
/// @notice Section 4 of the machine's specification. The iterations of a reduction do not depend on each other, only the fold does. So they are
/// evaluated in blocks: every operand and every instruction once per block, over a column with one cell per iteration, then the fold from left to right.
library StepEvaluator {
    /// @dev A file of registers in memory.
    struct Registers {
        /// @dev Address of the first register's column.
        uint256 start;
        /// @dev Bytes of a column.
        uint256 stride;
        /// @dev Number of registers that have a value.
        uint256 count;
        /// @dev Address of a column of zeros.
        uint256 zeros;
    }

    uint256 private constant FOLD_F32_ADD = 1;
    uint256 private constant SPACE_INDEX = 3;
    uint256 private constant FLOAT_LANES = 3;
    /// @dev Iterations of a row from which on it is worth looking at each row by itself.
    uint256 private constant MIN_ROW = 16;
    /// @dev Iterations of a block at most; as many as take CELLS cells of memory, if that is not below Budget.BLOCK.
    uint256 private constant MAX_BLOCK = 128;
    uint256 private constant CELLS = 8_192;

    /// @notice Computes the element that a step was decoded for.
    /// @param step A valid step that has the element.
    /// @return result Its bits as they are stored.
    function evaluate(Step memory step) internal pure returns (uint256 result) {
        unchecked {
            // SAFETY: counts of registers are at most 256.
            Operands memory operands = step.outer;
            uint256 loaded = operands.items.length;
            uint256 first = loaded + step.immediates.length;
            Registers memory registers = _allocate(first + 1 + step.epilogueTape.length, 1);
            for (uint256 i = 0; i < loaded; ++i) {
                Operand memory operand = operands.items[i];
                OperandLoader.load(
                    operand,
                    operands.forms.stride,
                    registers.start + 32 * i,
                    1,
                    registers.start + 32 * operand.index
                );
            }
            registers.count = loaded;
            _loadImmediates(step.immediates, registers);
            uint256 accumulator = _load(
                step.init < first ? registers.start + 32 * step.init : registers.zeros
            );
            if (step.fold != 0) {
                (bool done, uint256 sum) = ByteProduct.fold(step, accumulator);
                accumulator = done ? sum : _reduce(step, accumulator);
            }
            _store(registers.start + 32 * first, accumulator);
            registers.count = first + 1;
            _run(step.epilogueTape.offset, step.epilogueTape.length, registers, 1);
            result = _load(registers.start + 32 * (registers.count - 1));
            if (step.elementSize == 1) result &= 0xff;
        }
    }

    /// @dev Folds all iterations into the accumulator.
    function _reduce(Step memory step, uint256 accumulator) private pure returns (uint256) {
        unchecked {
            // SAFETY: counts of registers are at most 256, iterations at most 2^24, blocks at most MAX_BLOCK.
            uint256 loaded = step.body.items.length + step.immediates.length;
            uint256 total = loaded + step.bodyTape.length;
            uint256 width = CELLS / (total + 2);
            if (width > MAX_BLOCK) width = MAX_BLOCK;
            if (width < Budget.BLOCK) width = Budget.BLOCK;
            if (width > step.iterations) width = step.iterations;
            Registers memory registers = _allocate(total, width);
            registers.count = step.body.items.length;
            _loadImmediates(step.immediates, registers);
            // The accumulator's cell, then one per iteration of a block.
            uint256 scan = _allocate(1, width + 1).start;
            _store(scan, accumulator);

            Walk memory walk = Walks.start(step);
            bool isDotProduct = step.fold == FOLD_F32_ADD && _endsWithProduct(step.bodyTape);
            bool isPacked = isDotProduct && _isPacked(step, walk.rowLength);
            while (walk.remaining != 0) {
                uint256 count = walk.remaining < width ? walk.remaining : width;
                uint256 done = 0;
                if (isPacked) {
                    uint256 rest = walk.rowLength - walk.rowPosition;
                    if (count > rest) count = rest;
                    done = _foldPacked(step.body, scan, count);
                    if (done == count) {
                        walk.advance(step.body.forms, step.reduction, count);
                        continue;
                    }
                }
                _loadBlock(step, walk, registers, count);
                registers.count = loaded;
                if (isDotProduct) {
                    _run(step.bodyTape.offset, step.bodyTape.length - 1, registers, count);
                    _foldProducts(step, registers, scan, done, count - done);
                } else {
                    _run(step.bodyTape.offset, step.bodyTape.length, registers, count);
                    uint256 values =
                        total == 0 ? registers.zeros : registers.start + (total - 1) * registers.stride;
                    // A fold is the operation over columns, with the accumulator's cells one behind those of the results.
                    Tape.run(Tape.foldOperation(step.fold), scan, values, 0, scan + 32, count);
                    _store(scan, _load(scan + 32 * count));
                }
            }
            return _load(scan);
        }
    }

    /// @dev Whether a step is nothing but a sum of products of two operands of 4 bytes, whose elements are neighbours along rows that are not short.
    function _isPacked(Step memory step, uint256 rowLength) private pure returns (bool) {
        Operand[] memory items = step.body.items;
        if (items.length != 2 || step.bodyTape.length != 1 || rowLength < MIN_ROW) return false;
        unchecked {
            // SAFETY: registers are below 256.
            uint256 instruction = _value(step.bodyTape.offset);
            uint256 a = (instruction >> 16) & 0xff;
            uint256 b = (instruction >> 8) & 0xff;
            if (a + b != 1) return false;
        }
        for (uint256 i = 0; i < 2; ++i) {
            Operand memory operand = items[i];
            if (operand.space == SPACE_INDEX || operand.index != NO_INDEX || operand.lanes != FLOAT_LANES)
                return false;
            (, int256 stride) = OperandReach.form(operand.form, step.body.forms.stride);
            if (stride != 1) return false;
        }
        return true;
    }

    /// @dev Adds the products of a stretch to the accumulator right out of the calldata, as far as that goes.
    /// @return done Number of products that were added.
    function _foldPacked(
        Operands memory operands,
        uint256 scan,
        uint256 count
    ) private pure returns (uint256 done) {
        uint256 formStride = operands.forms.stride;
        uint256 a = OperandReach.contiguous(operands.items[0], formStride, count);
        if (a == 0) return 0;
        uint256 b = OperandReach.contiguous(operands.items[1], formStride, count);
        if (b == 0) return 0;
        uint256 accumulator;
        (accumulator, done) = PackedFloats.accumulate(_load(scan), a, b, count);
        _store(scan, accumulator);
    }

    /// @dev Runs the last instruction of a body, which is f32.mul, and the fold f32.add.
    /// @param first Number of the first product that is not yet added.
    /// @param count Number of products from there on.
    function _foldProducts(
        Step memory step,
        Registers memory registers,
        uint256 scan,
        uint256 first,
        uint256 count
    ) private pure {
        unchecked {
            // SAFETY: sums of addresses in memory; no more products are done than there are.
            uint256 instruction = _value(step.bodyTape.offset + 4 * step.bodyTape.length - 4);
            uint256 a = _column(registers, (instruction >> 16) & 0xff) + 32 * first;
            uint256 b = _column(registers, (instruction >> 8) & 0xff) + 32 * first;
            (uint256 accumulator, uint256 done) = DotProduct.accumulate(_load(scan), a, b, count);
            if (done != count) {
                uint256 products = registers.start + registers.count * registers.stride;
                uint256 rest = count - done;
                Tape.run(instruction >> 24, a + 32 * done, b + 32 * done, 0, products, rest);
                _store(scan, accumulator);
                Tape.run(Tape.foldOperation(step.fold), scan, products, 0, scan + 32, rest);
                accumulator = _load(scan + 32 * rest);
            }
            _store(scan, accumulator);
        }
    }

    /// @dev Loads all body operands for a block of iterations, row by row, and walks over it.
    function _loadBlock(
        Step memory step,
        Walk memory walk,
        Registers memory registers,
        uint256 count
    ) private pure {
        unchecked {
            // SAFETY: sums of addresses in memory, counts at most MAX_BLOCK.
            Operands memory operands = step.body;
            uint256 operandCount = operands.items.length;
            uint256 formStride = operands.forms.stride;
            uint256 filled = 0;
            while (filled < count) {
                uint256 stretch = walk.rowLength - walk.rowPosition;
                if (stretch > count - filled) stretch = count - filled;
                uint256 cells = registers.start + 32 * filled;
                for (uint256 i = 0; i < operandCount; ++i) {
                    Operand memory operand = operands.items[i];
                    OperandLoader.load(
                        operand,
                        formStride,
                        cells + i * registers.stride,
                        stretch,
                        cells + operand.index * registers.stride
                    );
                }
                filled += stretch;
                walk.advance(operands.forms, step.reduction, stretch);
            }
        }
    }

    /// @dev Runs instructions over columns, each appending one register.
    function _run(uint256 offset, uint256 length, Registers memory registers, uint256 count) private pure {
        unchecked {
            // SAFETY: offsets in the calldata, and 4 bytes per instruction.
            uint256 end = offset + 4 * length;
            for (; offset < end; offset += 4) {
                uint256 op;
                uint256 a;
                uint256 b;
                uint256 c;
                uint256 target;
                // SAFETY: reads the fields of the registers and counts one more; sums of addresses in memory.
                assembly ("memory-safe") {
                    let instruction := calldataload(offset)
                    let start := mload(registers)
                    let stride := mload(add(registers, 0x20))
                    let known := mload(add(registers, 0x40))
                    let zeros := mload(add(registers, 0x60))
                    op := byte(0, instruction)
                    a := zeros
                    b := zeros
                    c := zeros
                    let register := byte(1, instruction)
                    if lt(register, known) {
                        a := add(start, mul(register, stride))
                    }
                    register := byte(2, instruction)
                    if lt(register, known) {
                        b := add(start, mul(register, stride))
                    }
                    register := byte(3, instruction)
                    if lt(register, known) {
                        c := add(start, mul(register, stride))
                    }
                    target := add(start, mul(known, stride))
                    mstore(add(registers, 0x40), add(known, 1))
                }
                Tape.run(op, a, b, c, target, count);
            }
        }
    }

    /// @dev Appends one register per immediate, the same value in every cell.
    function _loadImmediates(Slice memory immediates, Registers memory registers) private pure {
        unchecked {
            // SAFETY: at most 256 registers; there is a column for each.
            uint256 offset = immediates.offset;
            uint256 target = registers.start + registers.count * registers.stride;
            for (uint256 i = immediates.length; i > 0; --i) {
                Columns.fill(target, registers.stride, _value(offset));
                offset += 4;
                target += registers.stride;
            }
            registers.count += immediates.length;
        }
    }

    /// @dev Whether a tape ends with f32.mul.
    function _endsWithProduct(Slice memory tape) private pure returns (bool) {
        unchecked {
            // SAFETY: the length is not 0 where 1 is subtracted.
            return tape.length != 0 && _value(tape.offset + 4 * tape.length - 4) >> 24 == Tape.F32_MUL;
        }
    }

    /// @dev Column of a register; zeros if it has no value yet.
    function _column(Registers memory registers, uint256 register) private pure returns (uint256) {
        unchecked {
            // SAFETY: sums of addresses in memory.
            return
                register < registers.count ? registers.start + register * registers.stride : registers.zeros;
        }
    }

    /// @dev Room for some registers of `width` cells each, and a column of zeros behind them.
    function _allocate(uint256 count, uint256 width) private pure returns (Registers memory registers) {
        uint256 start;
        uint256 stride;
        uint256 zeros;
        // SAFETY: moves the free pointer; what lies beyond the calldata reads as zero. Counts are at most 256, widths at most MAX_BLOCK + 1.
        assembly ("memory-safe") {
            start := mload(0x40)
            stride := shl(5, width)
            zeros := add(start, mul(count, stride))
            calldatacopy(zeros, calldatasize(), stride)
            mstore(0x40, add(zeros, stride))
        }
        registers = Registers({start: start, stride: stride, count: 0, zeros: zeros});
    }

    /// @dev The 4 bytes at an offset of the calldata.
    function _value(uint256 offset) private pure returns (uint256 value) {
        // SAFETY: does not touch memory.
        assembly ("memory-safe") {
            value := shr(224, calldataload(offset))
        }
    }

    function _load(uint256 cell) private pure returns (uint256 value) {
        // SAFETY: reads one cell.
        assembly ("memory-safe") {
            value := mload(cell)
        }
    }

    function _store(uint256 cell, uint256 value) private pure {
        // SAFETY: writes one cell, which the caller has allocated.
        assembly ("memory-safe") {
            mstore(cell, value)
        }
    }
}
