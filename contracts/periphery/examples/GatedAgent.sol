// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceHub} from "../../interfaces/IInferenceHub.sol";
import {Scores} from "../../libraries/Scores.sol";
import {ProfileId, RequestId} from "../../types/Ids.sol";
import {ModelId} from "../../types/ModelRecord.sol";
import {RequestParameters} from "../../types/Request.sol";
import {InferenceConsumer} from "../InferenceConsumer.sol";

/// @title Lets an agent act only as far as a model allows
/// @notice An example: an agent, which may be a language model with a key, proposes calls; a policy model reads each of them, and what it does not allow is never
/// made. The agent cannot show the model another call than the one it would make: the input is built here, out of the call itself.
contract GatedAgent is InferenceConsumer {
    /// @notice The agent wants to make a call; the policy is asked about it.
    event ActionProposed(RequestId indexed requestId, address indexed target, bytes data);
    /// @notice The policy has allowed the call, and it was made.
    event ActionExecuted(RequestId indexed requestId, bytes answer);
    /// @notice The policy has not allowed the call.
    event ActionRefused(RequestId indexed requestId, uint256 category);

    /// @notice Only the agent proposes.
    error AgentCallerNotAgent(address caller, address agent);
    /// @notice No such call is proposed, or it was made or refused.
    error AgentActionUnknown(RequestId requestId);
    /// @notice The model cannot read so long a call.
    error AgentActionTooLong(uint256 length, uint256 maximum);
    /// @notice The call itself failed; it can be tried again.
    error AgentActionFailed(RequestId requestId, bytes reason);
    /// @notice The verdict is backed by less stake than this contract relies on.
    error AgentSecurityTooLow(uint256 lock, uint256 sharedBy, uint256 minimum);

    /// @notice The class of calls that may be made; all others may not.
    uint256 public constant ALLOWED = 0;

    struct Action {
        address target;
        bytes data;
    }

    address private immutable _agent;
    ModelId private immutable _modelId;
    ProfileId private immutable _profileId;
    uint256 private immutable _inputBytes;
    uint256 private immutable _classes;
    uint256 private immutable _minSecurity;
    uint256 private _lastSalt;
    mapping(RequestId requestId => Action action) private _actions;

    /// @param hub_ Where the policy is asked.
    /// @param agent_ Who proposes, and pays the fees.
    /// @param modelId_ The policy: it reads a target of 20 bytes and the call's data, filled up with zeros, and gives f32 scores.
    /// @param profileId_ Parameters that every verdict lives under.
    /// @param inputBytes_ The model's inputBytes.
    /// @param classes_ Number of scores.
    /// @param minSecurity_ Smallest stake behind one verdict; a lock that several share counts in equal parts.
    constructor(
        IInferenceHub hub_,
        address agent_,
        ModelId modelId_,
        ProfileId profileId_,
        uint256 inputBytes_,
        uint256 classes_,
        uint256 minSecurity_
    ) InferenceConsumer(hub_) {
        _agent = agent_;
        _modelId = modelId_;
        _profileId = profileId_;
        _inputBytes = inputBytes_;
        _classes = classes_;
        _minSecurity = minSecurity_;
    }

    /// @notice Proposes a call. The agent has approved this contract to spend the fee.
    /// @param target What is called.
    /// @param data With what.
    /// @param fee What the operator gets.
    /// @param deadline When the verdict has to be there; if it is not, {refund} gives the fee back.
    /// @return requestId Of the request made.
    function propose(
        address target,
        bytes calldata data,
        uint96 fee,
        uint40 deadline
    ) external returns (RequestId requestId) {
        require(msg.sender == _agent, AgentCallerNotAgent(msg.sender, _agent));
        _fund(msg.sender, fee);
        requestId = _hub.request(
            RequestParameters({
                modelId: _modelId,
                profileId: _profileId,
                fee: fee,
                deadline: deadline,
                operator: address(0),
                minStake: 0,
                salt: ++_lastSalt
            }),
            inputOf(target, data)
        );
        _actions[requestId] = Action(target, data);
        emit ActionProposed(requestId, target, data);
    }

    /// @notice Makes a call that the policy has allowed, or strikes out one that it has not. Anyone may call.
    /// @param requestId Of a proposed call.
    /// @param output The verdict's bytes.
    function execute(RequestId requestId, bytes calldata output) external {
        Action memory action = _actionAt(requestId);
        _requireResult(requestId, output);
        (uint256 lock, uint256 sharedBy) = _hub.securityOf(requestId);
        require(lock / sharedBy >= _minSecurity, AgentSecurityTooLow(lock, sharedBy, _minSecurity));
        uint256 category = Scores.highest(output, _classes);

        // The call comes last, and its action is gone by then: a target that calls back finds nothing to repeat.
        delete _actions[requestId];
        if (category != ALLOWED) {
            emit ActionRefused(requestId, category);
            return;
        }
        // solhint-disable-next-line avoid-low-level-calls
        (bool succeeded, bytes memory answer) = action.target.call(action.data);
        require(succeeded, AgentActionFailed(requestId, answer));
        emit ActionExecuted(requestId, answer);
    }

    /// @notice Strikes out a call about which there will be no verdict, and pays back to the agent what came back for it.
    /// @param requestId Of a proposed call.
    function refund(RequestId requestId) external {
        _actionAt(requestId);
        delete _actions[requestId];
        _payOut(_agent, _repaymentOf(requestId));
    }

    /// @notice What the policy is shown of a call.
    /// @param target What is called.
    /// @param data With what.
    /// @return input The target's 20 bytes, the length of the data in 4 bytes, the data, and zeros.
    function inputOf(address target, bytes calldata data) public view returns (bytes memory input) {
        uint256 length = 24 + data.length;
        require(length <= _inputBytes, AgentActionTooLong(length, _inputBytes));
        // The length tells data that ends in zeros from shorter data.
        return abi.encodePacked(target, uint32(data.length), data, new bytes(_inputBytes - length));
    }

    function _actionAt(RequestId requestId) private view returns (Action memory action) {
        action = _actions[requestId];
        require(action.target != address(0), AgentActionUnknown(requestId));
    }
}
