// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceHub} from "../../../contracts/interfaces/IInferenceHub.sol";
import {IInferenceReceiver} from "../../../contracts/interfaces/IInferenceReceiver.sol";
import {IResultDelivery} from "../../../contracts/interfaces/IResultDelivery.sol";
import {RequestId} from "../../../contracts/types/Ids.sol";
import {RequestParameters} from "../../../contracts/types/Request.sol";

/// @notice A receiver that does what the test tells it to.
contract HostileReceiver is IInferenceReceiver {
    enum Mood {
        Accept,
        Revert,
        BurnGas,
        ReturnBomb,
        RevertBomb,
        Reenter,
        RequestAgain
    }

    error ReceiverUnwilling(RequestId requestId);

    IInferenceHub private immutable _hub;
    IResultDelivery private immutable _delivery;
    Mood public mood;
    uint256 public gasGiven;
    uint256 public received;
    bytes public lastOutput;
    bytes public nestedReason;
    RequestParameters private _next;
    bytes private _nextInput;

    constructor(IInferenceHub hub_, IResultDelivery delivery_) {
        _hub = hub_;
        _delivery = delivery_;
    }

    function request(RequestParameters calldata parameters, bytes calldata input) external {
        _next = parameters;
        _nextInput = input;
        _hub.request(parameters, input);
    }

    function subscribe(RequestId requestId, address receiver, uint32 gasLimit) external {
        _delivery.subscribe(requestId, receiver, gasLimit);
    }

    function feel(Mood mood_) external {
        mood = mood_;
    }

    function onInferenceResult(RequestId requestId, bytes calldata output) external {
        uint256 gas = gasleft();
        if (mood == Mood.Revert) revert ReceiverUnwilling(requestId);
        if (mood == Mood.BurnGas) while (gasleft() > 0) ++gas;
        if (mood == Mood.ReturnBomb || mood == Mood.RevertBomb) {
            bool reverts = mood == Mood.RevertBomb;
            assembly {
                if reverts {
                    revert(0, 500000)
                }
                return(0, 500000)
            }
        }
        if (mood == Mood.Reenter) {
            try _delivery.deliver(requestId, output, 0) {} catch (bytes memory reason) {
                nestedReason = reason;
            }
        }
        if (mood == Mood.RequestAgain) {
            ++_next.salt;
            _hub.request(_next, _nextInput);
        }
        gasGiven = gas;
        ++received;
        lastOutput = output;
    }
}
