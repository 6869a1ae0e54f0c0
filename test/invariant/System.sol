// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DisputeGame} from "../../contracts/dispute/DisputeGame.sol";
import {InferenceHub} from "../../contracts/inference/InferenceHub.sol";
import {ResultDelivery} from "../../contracts/periphery/ResultDelivery.sol";
import {ModelRegistry} from "../../contracts/registry/ModelRegistry.sol";
import {Profiles} from "../../contracts/registry/Profiles.sol";
import {StakeVault} from "../../contracts/staking/StakeVault.sol";
import {ProfileId} from "../../contracts/types/Ids.sol";
import {ModelId} from "../../contracts/types/ModelRecord.sol";
import {Profile} from "../../contracts/types/Profile.sol";
import {HostileReceiver} from "../contracts/mocks/HostileReceiver.sol";
import {ToyReferee} from "../contracts/mocks/ToyReferee.sol";
import {HostileToken} from "./HostileToken.sol";
import {Traces} from "./Traces.sol";
import {VM} from "./Vm.sol";

/// @title A deployment with a hostile token, the toy machine in court, and accounts with money
abstract contract System {
    bytes internal constant INPUT = hex"0102030405";
    uint32 internal constant UNSTAKE_DELAY = 500;
    uint96 internal constant FEE = 10 ether;
    uint256 internal constant DEPOSIT = 1e9 ether;
    uint256 internal constant OPERATORS = 3;
    uint256 internal constant CHALLENGERS = 6;
    /// @dev The requester comes first, then operators, then challengers.
    uint256 internal constant ACCOUNTS = 1 + OPERATORS + CHALLENGERS;

    HostileToken public immutable token;
    StakeVault public immutable vault;
    DisputeGame public immutable game;
    InferenceHub public immutable hub;
    Profiles public immutable profiles;
    ResultDelivery public immutable delivery;
    HostileReceiver public immutable receiver;
    ModelId internal immutable _model;
    ProfileId internal immutable _profileId;
    bytes32 internal immutable _inputRoot;

    constructor() {
        token = new HostileToken();
        ModelRegistry registry = new ModelRegistry();
        profiles = new Profiles();
        ToyReferee referee = new ToyReferee();
        uint256 nonce = VM.getNonce(address(this));
        address gameAddress = VM.computeCreateAddress(address(this), nonce + 1);
        address hubAddress = VM.computeCreateAddress(address(this), nonce + 2);
        vault = new StakeVault(token, hubAddress, gameAddress, UNSTAKE_DELAY);
        game = new DisputeGame(InferenceHub(hubAddress), vault, referee);
        hub = new InferenceHub(vault, game, registry, profiles);
        delivery = new ResultDelivery(hub);
        receiver = new HostileReceiver(hub, delivery);
        _model = registry.register(Traces.record());
        _profileId = profiles.create(_profile());
        _inputRoot = keccak256(abi.encode(bytes32(INPUT), bytes32(0)));

        token.approve(address(vault), type(uint256).max);
        for (uint256 i = 0; i < ACCOUNTS; ++i) vault.deposit(_account(i), DEPOSIT);
        // So that what the token tries in the middle of a transfer could succeed.
        vault.deposit(address(token), DEPOSIT);
    }

    /// @dev Amounts are such that every share of them is another number.
    function _profile() internal pure returns (Profile memory) {
        return
            Profile({
                windowSeconds: 3600,
                clockSeconds: 1800,
                censorshipSeconds: 1000,
                inclusionSeconds: 60,
                traceSeconds: 300,
                lockBurnBps: 5500,
                requesterBps: 700,
                bondBurnBps: 2000,
                lock: 1000 ether,
                bond: 100 ether,
                missedDeadlinePenalty: 30 ether,
                voidPenalty: 50 ether,
                maxBatchResults: 10,
                maxDemandBytes: 1000,
                answerRefund: 5 ether,
                stepRefund: 20 ether
            });
    }

    function _account(uint256 index) internal pure returns (address) {
        return address(uint160(0xacc0000 + index));
    }

    function _requester() internal pure returns (address) {
        return _account(0);
    }

    function _operator(uint256 index) internal pure returns (address) {
        return _account(1 + index);
    }

    function _challenger(uint256 index) internal pure returns (address) {
        return _account(1 + OPERATORS + index);
    }
}
