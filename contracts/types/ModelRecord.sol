// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Content address of a model: the hash of its record, see {ModelRecords.id}.
type ModelId is bytes32;

/// @notice Everything about a model that the chain knows. Two models with the same record are the same model.
/// @dev Depths are numbers of levels; a tree of depth D has 2^D words of 32 bytes as leaves.
struct ModelRecord {
    /// @dev Version of the tensor machine that gives the program its meaning.
    uint16 machineVersion;
    /// @dev Root of the tree whose leaf i is the hash of the encoding of step i.
    bytes32 programRoot;
    /// @dev Root of the constants.
    bytes32 constantsRoot;
    /// @dev Depth of the tree over the request's bytes.
    uint8 inputDepth;
    /// @dev Depth of the tree over the constants.
    uint8 constantsDepth;
    /// @dev Depth of the program tree, and of the part of the trace above the tensors.
    uint8 stepDepth;
    /// @dev Depth of one tensor's subtree in the trace.
    uint8 wordDepth;
    /// @dev Number of steps; the last one writes the output.
    uint32 stepCount;
    /// @dev Exact length of a request's input.
    uint32 inputBytes;
    /// @dev Exact length of the answer.
    uint32 outputBytes;
}

/// @notice The sizes and depths of a model, which fit into one slot: all that a commitment needs of its record.
struct ModelShape {
    uint8 inputDepth;
    uint8 stepDepth;
    uint8 wordDepth;
    uint32 stepCount;
    uint32 inputBytes;
    uint32 outputBytes;
}

using ModelRecords for ModelRecord global;
using {equals as ==, differs as !=} for ModelId global;

/// @notice Whether two ids name the same model.
function equals(ModelId a, ModelId b) pure returns (bool) {
    return ModelId.unwrap(a) == ModelId.unwrap(b);
}

/// @notice Whether two ids name different models.
function differs(ModelId a, ModelId b) pure returns (bool) {
    return ModelId.unwrap(a) != ModelId.unwrap(b);
}

/// @title Identity and legality of model records
/// @notice A record that passes {validate} has a defined result for every input, whatever its program and constants are.
library ModelRecords {
    /// @notice The record is for a machine that this court does not implement.
    error ModelVersionUnsupported(uint16 version, uint16 supported);
    /// @notice A tree is deeper than the court can open.
    error ModelInputDepthTooLarge(uint256 depth, uint256 maximum);
    /// @notice A tree is deeper than the court can open.
    error ModelConstantsDepthTooLarge(uint256 depth, uint256 maximum);
    /// @notice A tree is deeper than the court can open.
    error ModelStepDepthTooLarge(uint256 depth, uint256 maximum);
    /// @notice A tree is deeper than the court can open.
    error ModelWordDepthTooLarge(uint256 depth, uint256 maximum);
    /// @notice The trace as a whole is deeper than the court can open.
    error ModelTraceDepthTooLarge(uint256 depth, uint256 maximum);
    /// @notice The steps do not fit into the program tree, or there are none.
    error ModelStepCountOutOfRange(uint256 stepCount, uint256 maximum);
    /// @notice The input does not fit into its tree, or is empty.
    error ModelInputBytesOutOfRange(uint256 inputBytes, uint256 maximum);
    /// @notice The answer does not fit into one tensor, or is empty.
    error ModelOutputBytesOutOfRange(uint256 outputBytes, uint256 maximum);

    /// @notice Version of the tensor machine that this code base implements.
    uint16 internal constant MACHINE_VERSION = 1;
    /// @notice Deepest tree over an input.
    uint256 internal constant MAX_INPUT_DEPTH = 32;
    /// @notice Deepest tree over constants.
    uint256 internal constant MAX_CONSTANTS_DEPTH = 32;
    /// @notice Deepest program tree.
    uint256 internal constant MAX_STEP_DEPTH = 20;
    /// @notice Deepest tree over one tensor.
    uint256 internal constant MAX_WORD_DEPTH = 28;
    /// @notice Deepest trace: the sum of the two depths above may not reach further.
    uint256 internal constant MAX_TRACE_DEPTH = 40;

    /// @dev Separates ids of models from every other hash of the system.
    bytes32 private constant MODEL_TAG = keccak256("Assay model");

    /// @notice Content address of a record.
    /// @param record Any record, legal or not.
    /// @return The hash of a tag and of every field, each in one word, so that no two records share a preimage.
    function id(ModelRecord memory record) internal pure returns (ModelId) {
        return
            ModelId.wrap(
                keccak256(
                    abi.encode(
                        MODEL_TAG,
                        record.machineVersion,
                        record.programRoot,
                        record.constantsRoot,
                        record.inputDepth,
                        record.constantsDepth,
                        record.stepDepth,
                        record.wordDepth,
                        record.stepCount,
                        record.inputBytes,
                        record.outputBytes
                    )
                )
            );
    }

    /// @notice Depth of the trace: steps above, words of one tensor below.
    /// @param record Any record.
    /// @return Number of levels.
    function traceDepth(ModelRecord memory record) internal pure returns (uint256) {
        return uint256(record.stepDepth) + record.wordDepth;
    }

    /// @notice Reverts unless the record is legal.
    /// @param record The record that somebody wants to register.
    function validate(ModelRecord memory record) internal pure {
        require(
            record.machineVersion == MACHINE_VERSION,
            ModelVersionUnsupported(record.machineVersion, MACHINE_VERSION)
        );
        require(
            record.inputDepth <= MAX_INPUT_DEPTH,
            ModelInputDepthTooLarge(record.inputDepth, MAX_INPUT_DEPTH)
        );
        require(
            record.constantsDepth <= MAX_CONSTANTS_DEPTH,
            ModelConstantsDepthTooLarge(record.constantsDepth, MAX_CONSTANTS_DEPTH)
        );
        require(record.stepDepth <= MAX_STEP_DEPTH, ModelStepDepthTooLarge(record.stepDepth, MAX_STEP_DEPTH));
        require(record.wordDepth <= MAX_WORD_DEPTH, ModelWordDepthTooLarge(record.wordDepth, MAX_WORD_DEPTH));
        uint256 depth = traceDepth(record);
        require(depth <= MAX_TRACE_DEPTH, ModelTraceDepthTooLarge(depth, MAX_TRACE_DEPTH));

        uint256 maxSteps = uint256(1) << record.stepDepth;
        require(
            record.stepCount >= 1 && record.stepCount <= maxSteps,
            ModelStepCountOutOfRange(record.stepCount, maxSteps)
        );
        uint256 maxInput = uint256(32) << record.inputDepth;
        require(
            record.inputBytes >= 1 && record.inputBytes <= maxInput,
            ModelInputBytesOutOfRange(record.inputBytes, maxInput)
        );
        uint256 maxOutput = uint256(32) << record.wordDepth;
        require(
            record.outputBytes >= 1 && record.outputBytes <= maxOutput,
            ModelOutputBytesOutOfRange(record.outputBytes, maxOutput)
        );
    }
}
