// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceHub} from "../interfaces/IInferenceHub.sol";
import {IInferenceReceiver} from "../interfaces/IInferenceReceiver.sol";
import {IResultDelivery} from "../interfaces/IResultDelivery.sol";
import {RequestId} from "../types/Ids.sol";
import {InferenceConsumer} from "./InferenceConsumer.sol";

/// @title Base of contracts that results are delivered to
/// @dev Warning: a delivery can fail for want of gas, and nobody may care to try again. Offer your users a way to bring the result by themselves,
/// with {_requireResult}; both ways lead to the same {_onResult}.
abstract contract InferenceReceiver is InferenceConsumer, IInferenceReceiver {
    /// @notice Results are taken from the delivery contract alone.
    error ReceiverCallerNotDelivery(address caller, address delivery);

    IResultDelivery internal immutable _delivery;

    /// @param hub_ Where requests are made.
    /// @param delivery_ Who delivers; of the same hub.
    constructor(IInferenceHub hub_, IResultDelivery delivery_) InferenceConsumer(hub_) {
        _delivery = delivery_;
    }

    /// @inheritdoc IInferenceReceiver
    function onInferenceResult(RequestId requestId, bytes calldata output) external {
        require(msg.sender == address(_delivery), ReceiverCallerNotDelivery(msg.sender, address(_delivery)));
        _onResult(requestId, output);
    }

    /// @dev Asks for a result to be delivered here.
    function _subscribe(RequestId requestId, uint32 gasLimit) internal {
        _delivery.subscribe(requestId, address(this), gasLimit);
    }

    /// @dev Acts upon a final result of a request that this contract has made.
    function _onResult(RequestId requestId, bytes calldata output) internal virtual;
}
