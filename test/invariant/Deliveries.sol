// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {HubReader} from "../../contracts/inference/HubReader.sol";
import {IResultDelivery} from "../../contracts/interfaces/IResultDelivery.sol";
import {ResultDelivery} from "../../contracts/periphery/ResultDelivery.sol";
import {RequestId} from "../../contracts/types/Ids.sol";
import {Status} from "../../contracts/types/Request.sol";
import {HostileReceiver} from "../contracts/mocks/HostileReceiver.sol";
import {Batches} from "./Batches.sol";
import {Claim} from "./Book.sol";
import {Lie, Traces} from "./Traces.sol";
import {VM} from "./Vm.sol";

/// @notice A subscription as the campaign knows it.
struct Parcel {
    IResultDelivery.DeliveryStatus status;
    uint256 attempts;
}

/// @title Results brought to a receiver that reverts, burns its gas, answers with half a megabyte, or asks for the result once more
abstract contract Deliveries is Batches {
    /// @dev Enough to answer with half a megabyte.
    uint32 private constant GAS = 1_000_000;

    mapping(bytes32 requestId => Parcel parcel) internal _parcels;
    uint256 internal _received;

    /// @notice The latest final result that the receiver has not got is brought to it; if there is none, one becomes final first.
    function deliver(uint256 seed) external counted {
        seed = _noise(seed);
        (bool found, uint256 index) = _findDue(Status.Final);
        if (!found) {
            uint256 operator = seed % OPERATORS;
            (uint256 amount, uint256 locked) = vault.stakeOf(_operator(operator));
            if (amount - locked < _profile().lock) _stake(operator, 3000 ether);
            index = _claims.length;
            _commit(operator, Lie.None, seed, true, false);
            _pass(_profile().windowSeconds);
        }
        _subscribe(_claims[index]);
        // Every mood but that of asking for another result. What failed can be tried again.
        if ((seed >> 8) % 2 == 0) _bring(_claims[index], HostileReceiver.Mood.Revert);
        if ((seed >> 9) % 2 == 0) _bring(_claims[index], HostileReceiver.Mood.BurnGas);
        if ((seed >> 10) % 2 == 0) _bring(_claims[index], HostileReceiver.Mood.RevertBomb);
        _bring(_claims[index], HostileReceiver.Mood((seed >> 16) % 6));
    }

    /// @notice Before a result is final nobody gets it, and what was delivered is not delivered again.
    function tryDelivery(uint256 seed) external counted {
        seed = _noise(seed);
        (bool found, uint256 index) = _findDue(Status.Committed);
        if (found) {
            _subscribe(_claims[index]);
            _refusedByDelivery(_claims[index], GAS, HubReader.HubNotFinal.selector);
            _refusedByDelivery(_claims[index], GAS - 1, ResultDelivery.DeliveryGasBelowSubscribed.selector);
        }
        for (uint256 i = _claims.length; i > 0; --i) {
            Claim storage claim = _claims[i - 1];
            if (claim.fee == 0) continue;
            // The requester says where its result goes, and nobody else.
            bytes memory call = abi.encodeCall(delivery.subscribe, (claim.id, address(this), GAS));
            _refusedCall(call, ResultDelivery.DeliveryCallerNotRequester.selector);
            if (_parcels[RequestId.unwrap(claim.id)].status != IResultDelivery.DeliveryStatus.Delivered)
                continue;
            return _refusedByDelivery(claim, GAS, ResultDelivery.DeliveryNotDue.selector);
        }
    }

    function _subscribe(Claim storage claim) private {
        VM.prank(_requester());
        delivery.subscribe(claim.id, address(receiver), GAS);
        _parcels[RequestId.unwrap(claim.id)].status = IResultDelivery.DeliveryStatus.Subscribed;
    }

    function _bring(Claim storage claim, HostileReceiver.Mood mood) private {
        Parcel storage parcel = _parcels[RequestId.unwrap(claim.id)];
        if (parcel.status == IResultDelivery.DeliveryStatus.Delivered) return;
        bool isWilling =
            mood == HostileReceiver.Mood.Accept ||
                mood == HostileReceiver.Mood.ReturnBomb ||
                mood == HostileReceiver.Mood.Reenter;
        receiver.feel(mood);
        bool succeeded = delivery.deliver(claim.id, Traces.output(_operatorTrace(claim)), GAS);
        assert(succeeded == isWilling);
        ++parcel.attempts;
        parcel.status =
            succeeded ? IResultDelivery.DeliveryStatus.Delivered : IResultDelivery.DeliveryStatus.Failed;
        // It counts what it gets, unless it answers before it has.
        if (succeeded && mood != HostileReceiver.Mood.ReturnBomb) ++_received;
        if (succeeded) ++delivered;
        else ++undelivered;
        ++done;
    }

    /// @dev The latest result that somebody asked for and that stands so, and that the receiver has not got.
    function _findDue(Status status) private view returns (bool, uint256) {
        for (uint256 i = _claims.length; i > 0; --i) {
            Claim storage claim = _claims[i - 1];
            bool isDelivered =
                _parcels[RequestId.unwrap(claim.id)].status == IResultDelivery.DeliveryStatus.Delivered;
            // No bytes have the root of an output whose padding is not zero, so nobody can bring them.
            bool isPossible = claim.fee != 0 && claim.lie != Lie.Last;
            if (isPossible && !isDelivered && _statusNow(claim) == status) return (true, i - 1);
        }
        return (false, 0);
    }

    function _refusedByDelivery(Claim storage claim, uint256 gas, bytes4 reason) private {
        bytes memory output = Traces.output(_operatorTrace(claim));
        _refusedCall(abi.encodeCall(delivery.deliver, (claim.id, output, gas)), reason);
    }

    function _refusedCall(bytes memory call, bytes4 reason) private {
        // solhint-disable-next-line avoid-low-level-calls
        (bool succeeded, bytes memory result) = address(delivery).call(call);
        assert(!succeeded && bytes4(result) == reason);
        ++refusals;
        ++done;
    }
}
