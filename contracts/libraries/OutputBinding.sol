// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {WordTree} from "./WordTree.sol";

/// @title The output is the last tensor of the trace
/// @notice Whoever shows a trace proves that its last tensor is the output claimed with it; otherwise a dispute about the trace could be won
/// without a word about the output.
library OutputBinding {
    /// @notice The proof has not one sibling per level above the tensors.
    error OutputProofLengthMismatch(uint256 actual, uint256 expected);
    /// @notice The output is not the last tensor of the trace.
    error OutputProofMismatch(bytes32 computedRoot, bytes32 traceRoot);

    /// @notice Reverts unless the tensor of the model's last step has root `outputRoot` in the trace.
    /// @param stepDepth Depth of the trace above the tensors, of the model's record.
    /// @param stepCount Number of steps, of the model's record.
    /// @param outputRoot Root of the tensor, at height `wordDepth` of the trace.
    /// @param traceRoot Root of the trace.
    /// @param proof `stepDepth` siblings, from the bottom upwards.
    function check(
        uint256 stepDepth,
        uint256 stepCount,
        bytes32 outputRoot,
        bytes32 traceRoot,
        bytes32[] calldata proof
    ) internal pure {
        // INVARIANT: the length comes from the record, never from the proof, so that no other node can pass for the tensor's root.
        require(proof.length == stepDepth, OutputProofLengthMismatch(proof.length, stepDepth));
        bytes32 computed = WordTree.rootFrom(outputRoot, stepCount - 1, proof);
        require(computed == traceRoot, OutputProofMismatch(computed, traceRoot));
    }
}
