// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Opening} from "./Openings.sol";

/// @notice A decoded step, for the coordinates of one element.
struct Step {
    /// @dev Whether the encoding keeps all rules of section 4.4. If not, nothing else in here means anything.
    bool isValid;
    /// @dev Bytes of one element of the step's tensor.
    uint256 elementSize;
    /// @dev Number of elements.
    uint256 elements;
    /// @dev Number of the fold, 0 for none.
    uint256 fold;
    /// @dev Number of iterations of the reduction.
    uint256 iterations;
    /// @dev Extents of the reduction, without those that are 1: these are nowhere to go along.
    uint256[] reduction;
    /// @dev Operands that are loaded in every iteration, and the affine forms of all of them.
    Operands body;
    /// @dev Operands that are loaded once.
    Operands outer;
    /// @dev Outer register that the accumulator starts from.
    uint256 init;
    /// @dev The immediates, 4 bytes each.
    Slice immediates;
    /// @dev The body's instructions, 4 bytes each.
    Slice bodyTape;
    /// @dev The epilogue's instructions, 4 bytes each.
    Slice epilogueTape;
}

/// @notice A list of 4-byte items in the calldata.
struct Slice {
    /// @dev Calldata offset of the first item.
    uint256 offset;
    /// @dev Number of items.
    uint256 length;
}

/// @notice One of a step's two lists of operands.
struct Operands {
    /// @dev The operands, in order.
    Operand[] items;
    /// @dev Every affine form of all of them, one after the other, so that an iteration can advance them in one pass.
    FormTable forms;
}

/// @notice Affine forms in memory, with the value that they have at the current place of the iteration.
/// @dev A form takes `stride` bytes: a word with its value, a word with its bound if it is a guard, then per extent in `reduction` one word:
/// what the value grows by when this coordinate goes one up and all faster ones go back to 0. A form without such words has one word 0 instead. All are two's complement numbers.
struct FormTable {
    /// @dev Address of the first form.
    uint256 start;
    /// @dev Address behind the last form.
    uint256 end;
    /// @dev Bytes of one form.
    uint256 stride;
}

/// @notice A decoded operand.
/// @dev {OperandLoader} reads the first five fields by their place.
struct Operand {
    /// @dev Addresses below this are in range.
    uint256 limit;
    /// @dev Number in its tree of the word that address 0 is in.
    uint256 origin;
    /// @dev Base 2 logarithm of the elements of a word: 3 or 5.
    uint256 lanes;
    /// @dev 1 if elements are sign-extended from 1 byte, else 0.
    uint256 isSigned;
    /// @dev Address of the word of its opening's table that held the last word; NO_RUN at first.
    uint256 cursor;
    /// @dev Opened words of its tree.
    Opening opening;
    /// @dev 0 input, 1 constants, 2 tensor of a step, 3 the address itself.
    uint256 space;
    /// @dev Address in memory of the form of the address; those of the guards follow.
    uint256 form;
    /// @dev Number of guards.
    uint256 guards;
    /// @dev What the operand reads as where a guard fails.
    uint256 pad;
    /// @dev Register that the address depends on; NO_INDEX if there is none.
    uint256 index;
    /// @dev Largest value that is used of this register.
    uint256 indexMaximum;
    /// @dev Growth of the address per unit of this register.
    int256 indexStride;
}

/// @dev Value of an operand's index that stands for no index.
uint256 constant NO_INDEX = 0xff;
