// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ModelRecord} from "../types/ModelRecord.sol";

/// @title The court's calculator
/// @notice Computes one element of one step of a model from openings of the trees that a dispute has agreed on.
/// @dev A game never learns the instruction set: it finds the first byte in which two tensors differ and asks here what the element around
/// this byte is. What the referee promises:
/// - *Total*: whatever the program, the constants, the input and the trace hold, there is a value and a proof of it that fits into one
///   transaction. Only a proof can be wrong, and a wrong proof reverts and decides nothing.
/// - *Deterministic*: every proof that is accepted for the same arguments gives the same result.
/// What it assumes:
/// - the record has passed {ModelRecords-validate} and belongs to the commitment in dispute;
/// - `inputRoot` and `traceRoot` are roots of trees of the record's depths that the dispute has agreed on as far as the step reads them.
interface IReferee {
    /// @notice Computes the element of the tensor of step `step` that contains the byte `byteOffset`.
    /// @dev The element is number `byteOffset / size`, its bytes stand at `[byteOffset - byteOffset % size, +size)`, little-endian.
    /// Reverts if and only if the proof is malformed, does not hash to the roots, or misses a word that the element depends on.
    /// @param record The model.
    /// @param inputRoot Root of the request's input, depth `record.inputDepth`.
    /// @param traceRoot Root of the trace that the step reads from, depth `record.stepDepth + record.wordDepth`.
    /// @param step Number of the step; steps at and beyond `record.stepCount` hold zeros.
    /// @param byteOffset Position in the step's tensor; what lies beyond the last element is zero.
    /// @param proof Encoding of the step and openings of the words it reads.
    /// @return value The element: its 32 bits, or its 8 bits in the low end.
    /// @return size Bytes of the element, 4 or 1. An invalid or missing step counts as a tensor of 4-byte zeros.
    function execute(
        ModelRecord calldata record,
        bytes32 inputRoot,
        bytes32 traceRoot,
        uint256 step,
        uint256 byteOffset,
        bytes calldata proof
    ) external pure returns (uint32 value, uint256 size);
}
