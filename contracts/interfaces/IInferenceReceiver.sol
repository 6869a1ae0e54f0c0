// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RequestId} from "../types/Ids.sol";

/// @title A contract that results are delivered to
interface IInferenceReceiver {
    /// @notice The final result of a request that this contract has subscribed to. Warning: check the sender; anybody can call anything.
    /// @param requestId The request.
    /// @param output Exactly the model's outputBytes, checked against the root that the hub holds.
    function onInferenceResult(RequestId requestId, bytes calldata output) external;
}
