// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferee} from "../interfaces/IReferee.sol";
import {WordTree} from "../libraries/WordTree.sol";
import {ModelRecord} from "../types/ModelRecord.sol";
import {Memory} from "./Decoding.sol";
import {Openings} from "./Openings.sol";
import {ProofReader, ProofReaders} from "./ProofReader.sol";
import {Step} from "./Step.sol";
import {StepDecoder} from "./StepDecoder.sol";
import {StepEvaluator} from "./StepEvaluator.sol";

/// @title The court's calculator for the tensor machine, version 1
/// @notice Computes one element of one step, as the machine's specification says, from a proof in the form of its section 6.
contract Referee is IReferee {
    /// @notice The proof's encoding is not the one that the model has for this step.
    error RefereeProgramMismatch(bytes32 actual, bytes32 expected);

    /// @dev Size of the elements of steps that are invalid or missing.
    uint256 private constant DEFAULT_SIZE = 4;

    /// @inheritdoc IReferee
    function execute(
        ModelRecord calldata record,
        bytes32 inputRoot,
        bytes32 traceRoot,
        uint256 step,
        uint256 byteOffset,
        bytes calldata proof
    ) external pure returns (uint32 value, uint256 size) {
        // What lies behind the last step follows from the record alone.
        if (step >= record.stepCount) return (0, DEFAULT_SIZE);

        ProofReader memory reader = ProofReaders.open(proof);
        (uint256 encoding, uint256 length) = _openProgram(reader, step, record);
        Memory memory trees = _openTrees(reader, record, inputRoot, traceRoot);
        reader.close();

        Step memory decoded = StepDecoder.decode(encoding, length, step, byteOffset, trees);
        if (!decoded.isValid) return (0, DEFAULT_SIZE);
        size = decoded.elementSize;
        if (byteOffset / size < decoded.elements) value = uint32(StepEvaluator.evaluate(decoded));
    }

    /// @dev Takes the step's encoding and its path in the program tree, and compares the root with the model's.
    function _openProgram(
        ProofReader memory reader,
        uint256 step,
        ModelRecord calldata record
    ) private pure returns (uint256 encoding, uint256 length) {
        length = reader.takeUint16();
        encoding = reader.take(length);
        uint256 depth = record.stepDepth;
        uint256 path = reader.take(32 * depth);
        bytes32 leaf;
        bytes32[] calldata siblings;
        // SAFETY: copies the encoding, which is inside the proof, to unallocated memory. The siblings are inside the proof as well.
        assembly ("memory-safe") {
            if length {
                let copy := mload(0x40)
                calldatacopy(copy, encoding, length)
                leaf := keccak256(copy, length)
            }
            siblings.offset := path
            siblings.length := depth
        }
        bytes32 root = WordTree.rootFrom(leaf, step, siblings);
        require(root == record.programRoot, RefereeProgramMismatch(root, record.programRoot));
    }

    /// @dev Takes the three openings.
    function _openTrees(
        ProofReader memory reader,
        ModelRecord calldata record,
        bytes32 inputRoot,
        bytes32 traceRoot
    ) private pure returns (Memory memory trees) {
        trees.wordDepth = record.wordDepth;
        trees.depths = [
            uint256(record.inputDepth),
            record.constantsDepth,
            uint256(record.stepDepth) + record.wordDepth
        ];
        trees.openings[0] = Openings.open(reader, trees.depths[0], inputRoot);
        trees.openings[1] = Openings.open(reader, trees.depths[1], record.constantsRoot);
        trees.openings[2] = Openings.open(reader, trees.depths[2], traceRoot);
    }
}
