// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferee} from "../../../contracts/interfaces/IReferee.sol";
import {ModelRecord} from "../../../contracts/types/ModelRecord.sol";

/// @title A machine without a program: every tensor is noise that its place and the input decide
/// @notice Byte b of step s is byte b % 32 of hash(inputRoot, s, b / 32), as far as the model's outputBytes reach; beyond, and from
/// stepCount on, it is zero. Even steps hold elements of 4 bytes, odd ones of 1. A proof is the hash of the trace root.
contract ToyReferee is IReferee {
    /// @notice The proof is not the hash of the trace root.
    error ToyProofRejected(bytes32 traceRoot);

    /// @inheritdoc IReferee
    function execute(
        ModelRecord calldata record,
        bytes32 inputRoot,
        bytes32 traceRoot,
        uint256 step,
        uint256 byteOffset,
        bytes calldata proof
    ) external pure returns (uint32 value, uint256 size) {
        require(
            proof.length == 32 && bytes32(proof) == keccak256(abi.encode(traceRoot)),
            ToyProofRejected(traceRoot)
        );
        size = step % 2 == 0 || step >= record.stepCount ? 4 : 1;
        uint256 first = byteOffset - (byteOffset % size);
        for (uint256 i = size; i > 0; --i) {
            value = (value << 8) | _byteAt(record, inputRoot, step, first + i - 1);
        }
    }

    function _byteAt(
        ModelRecord calldata record,
        bytes32 inputRoot,
        uint256 step,
        uint256 offset
    ) private pure returns (uint8) {
        if (step >= record.stepCount || offset >= record.outputBytes) return 0;
        return uint8(keccak256(abi.encode(inputRoot, step, offset / 32))[offset % 32]);
    }
}
