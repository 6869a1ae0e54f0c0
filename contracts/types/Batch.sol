// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BatchId, ProfileId, RequestId} from "./Ids.sol";
import {ModelId} from "./ModelRecord.sol";

/// @notice Many results under one root, one lock and one challenge window. Whoever talks about a batch gives these five values; the hub keeps
/// only what changes, under their hash.
struct Batch {
    /// @dev Whose stake backs all of it.
    address operator;
    ProfileId profileId;
    /// @dev Root of the tree of fixed depth ceil(log2(count)) over {BatchIds.leafOf} of every result, zero words behind them.
    bytes32 root;
    /// @dev Number of results, at least 1.
    uint32 count;
    /// @dev Whether the hub itself computed the root from results that the transaction published. If not, only those whom the operator gave its
    /// results to can check them.
    bool published;
}

/// @notice What a batch says about one input. With the chain and the hub, all of it is bound by the leaf.
struct BatchResult {
    /// @dev The request that is answered; for one that was not made on-chain any word that its requester and the operator agreed upon.
    RequestId requestId;
    ModelId modelId;
    bytes32 inputRoot;
    bytes32 outputRoot;
    /// @dev Root of the execution trace (anybody can post it when it is challenged), or zero (the operator alone can).
    bytes32 traceRoot;
}

/// @notice A result as {IBatchHub.publishBatch} takes it: of the batch's one model, without a trace.
struct PublishedResult {
    RequestId requestId;
    bytes32 inputRoot;
    bytes32 outputRoot;
}

/// @notice A result and the proof that it is in a batch.
struct BatchInclusion {
    Batch batch;
    BatchResult result;
    /// @dev Number of the result in the batch, from 0.
    uint32 index;
    /// @dev Siblings from the leaf upwards, exactly as many as the tree has levels.
    bytes32[] proof;
}

/// @title Content addresses of batches and of what is in them
/// @dev A leaf can pass for nothing else: it hashes 8 words, a node of the tree 2, and no other hash of the system begins with its tag.
library BatchIds {
    /// @dev Separate batches, their leaves and their results from every other hash of the system.
    bytes32 private constant BATCH_TAG = keccak256("Assay batch");
    bytes32 private constant LEAF_TAG = keccak256("Assay batch leaf");
    bytes32 private constant RESULT_TAG = keccak256("Assay batch result");

    /// @notice Content address of a batch:
    /// hash(abi.encode(hash("Assay batch"), chain id, hub, operator, profileId, root, count, published)).
    /// @param batch Any batch.
    /// @param hub The hub that it is committed to.
    /// @return batchId The id.
    function id(Batch memory batch, address hub) internal view returns (BatchId batchId) {
        bytes32 tag = BATCH_TAG;
        // SAFETY: works in the unallocated memory from the free pointer on, 8 words of it. A struct in memory is encoded as it stands there; the address
        // is cleaned as in {leafOf}.
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, tag)
            mstore(add(words, 0x20), chainid())
            mstore(add(words, 0x40), shr(96, shl(96, hub)))
            mcopy(add(words, 0x60), batch, 0xa0)
            batchId := keccak256(words, 0x100)
        }
    }

    /// @notice Leaf of a result:
    /// hash(abi.encode(hash("Assay batch leaf"), chain id, hub, requestId, modelId, inputRoot, outputRoot, traceRoot)).
    /// @dev Allocates nothing, so that the memory of a batch's leaves grows with their number and no faster.
    /// @param hub The hub that the batch is committed to.
    /// @param requestId See {BatchResult}, as all that follows.
    /// @param modelId The model.
    /// @param inputRoot Root of the input.
    /// @param outputRoot Root of the output.
    /// @param traceRoot Root of the trace, or zero.
    /// @return leaf The leaf.
    function leafOf(
        address hub,
        RequestId requestId,
        ModelId modelId,
        bytes32 inputRoot,
        bytes32 outputRoot,
        bytes32 traceRoot
    ) internal view returns (bytes32 leaf) {
        bytes32 tag = LEAF_TAG;
        // SAFETY: works in the unallocated memory from the free pointer on, 8 words of it. Solidity cleans an address before assembly sees it only if
        // it was computed with, so it is cleaned here.
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, tag)
            mstore(add(words, 0x20), chainid())
            mstore(add(words, 0x40), shr(96, shl(96, hub)))
            mstore(add(words, 0x60), requestId)
            mstore(add(words, 0x80), modelId)
            mstore(add(words, 0xa0), inputRoot)
            mstore(add(words, 0xc0), outputRoot)
            mstore(add(words, 0xe0), traceRoot)
            leaf := keccak256(words, 0x100)
        }
    }

    /// @notice Id under which a result in a batch is shown, read and challenged: hash(abi.encode(hash("Assay batch result"), batchId, index)).
    /// @param batchId The batch.
    /// @param index Number of the result in it.
    /// @return The id.
    function resultId(BatchId batchId, uint32 index) internal pure returns (RequestId) {
        return RequestId.wrap(keccak256(abi.encode(RESULT_TAG, batchId, index)));
    }

    /// @notice Depth of the tree over some leaves.
    /// @param count Number of leaves, at least 1.
    /// @return depth The smallest one with room for all of them.
    function depthOf(uint256 count) internal pure returns (uint256 depth) {
        while ((uint256(1) << depth) < count) ++depth;
    }
}
