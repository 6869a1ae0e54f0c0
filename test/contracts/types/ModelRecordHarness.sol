// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ModelId, ModelRecord} from "../../../contracts/types/ModelRecord.sol";

/// @title Door to the identity and legality of model records for tests
contract ModelRecordHarness {
    function id(ModelRecord calldata record) external pure returns (ModelId) {
        return record.id();
    }

    function validate(ModelRecord calldata record) external pure {
        record.validate();
    }

    function traceDepth(ModelRecord calldata record) external pure returns (uint256) {
        return record.traceDepth();
    }

    function areEqual(ModelId a, ModelId b) external pure returns (bool, bool) {
        return (a == b, a != b);
    }
}
