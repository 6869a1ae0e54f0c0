// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DisputeGame} from "../../contracts/dispute/DisputeGame.sol";
import {GameBook} from "../../contracts/dispute/GameBook.sol";
import {GameVerdicts} from "../../contracts/dispute/GameVerdicts.sol";
import {InferenceCourt} from "../../contracts/inference/InferenceCourt.sol";
import {StakeVault} from "../../contracts/staking/StakeVault.sol";
import {GamePosition, Outcome, Phase} from "../../contracts/types/Game.sol";
import {RequestId} from "../../contracts/types/Ids.sol";
import {Claim, Play} from "./Book.sol";
import {Deliveries} from "./Deliveries.sol";
import {Lie} from "./Traces.sol";

/// @title What nobody may do, tried at every moment
abstract contract Trespass is Deliveries {
    /// @notice Something that the rules forbid at this moment is refused for that very reason, and changes nothing.
    function tryIllegal(uint256 seed) external counted {
        seed = _noise(seed);
        if (_plays.length == 0) return;
        Play storage play = _plays[seed % _plays.length];
        Phase phase = game.gameOf(play.id).phase;
        bool canMove = game.canMove(play.id);
        // Another defender, another index: every field of a position counts.
        GamePosition memory other = play.position;
        if ((seed >> 8) % 2 == 0) other.defence = keccak256("nobody");
        else other.index ^= 1;
        bytes32[] memory none = new bytes32[](0);
        bytes memory move = abi.encodeCall(game.publishInput, (play.id, INPUT));
        if (phase == Phase.Narrowing) move = abi.encodeCall(game.answer, (play.id, other, none, none, none));
        if (phase == Phase.Opened)
            move = abi.encodeCall(game.reveal, (play.id, 0, keccak256("salt"), 0, none, none));
        if (phase == Phase.Leaf) move = abi.encodeCall(game.step, (play.id, other, ""));
        bool isPlaced = phase == Phase.Narrowing || phase == Phase.Leaf;
        if (play.outcome != Outcome.None) {
            _refused(abi.encodeCall(game.timeout, (play.id, play.position)), GameBook.GameNotActive.selector);
            _refused(abi.encodeCall(game.quit, (play.id, play.position)), GameBook.GameNotActive.selector);
            _refused(move, GameBook.GamePhaseMismatch.selector);
        } else if (!canMove) {
            _refused(move, GameBook.GameClockUsedUp.selector);
            if (isPlaced)
                _refused(abi.encodeCall(game.timeout, (play.id, other)), GameBook.GameStateMismatch.selector);
        } else {
            bytes memory end = abi.encodeCall(game.timeout, (play.id, play.position));
            _refused(end, DisputeGame.GameClockRunning.selector);
            if (isPlaced) _refused(move, GameBook.GameStateMismatch.selector);
            if (phase == Phase.Opened) _refused(move, DisputeGame.GameOpeningMismatch.selector);
            _accuse(play, phase);
        }
    }

    /// @notice What the hub and the game may do with money, games and stakes, nobody else may, and nobody is above the rules (I30).
    function tryPower(uint256 seed) external counted {
        seed = _noise(seed);
        address account = _account(seed % ACCOUNTS);
        bytes4 vaultsReason = StakeVault.VaultCallerNotProtocol.selector;
        bytes4 courtsReason = InferenceCourt.HubCallerNotGame.selector;
        _powerless(address(vault), abi.encodeCall(vault.take, (account, 1)), vaultsReason);
        _powerless(address(vault), abi.encodeCall(vault.give, (account, 1)), vaultsReason);
        _powerless(address(vault), abi.encodeCall(vault.pay, (account, 1, 1)), vaultsReason);
        _powerless(address(vault), abi.encodeCall(vault.burn, (1)), vaultsReason);
        _powerless(address(vault), abi.encodeCall(vault.lock, (account, 1)), vaultsReason);
        _powerless(address(vault), abi.encodeCall(vault.unlock, (account, 1)), vaultsReason);
        _powerless(address(vault), abi.encodeCall(vault.slash, (account, 1, 1, 1, account, 1)), vaultsReason);
        if (_claims.length == 0) return;
        RequestId id = _claims[(seed >> 8) % _claims.length].id;
        _powerless(address(hub), abi.encodeCall(hub.openGame, (id, account)), courtsReason);
        _powerless(address(hub), abi.encodeCall(hub.openDemand, (id, account)), courtsReason);
        _powerless(address(hub), abi.encodeCall(hub.publishInput, (id, INPUT)), courtsReason);
        bytes memory close = abi.encodeCall(hub.closeGame, (id, account, Outcome.ChallengerWins, 0, 0));
        _powerless(address(hub), close, courtsReason);
    }

    /// @dev A conviction of a true trace, or of one that nobody knows, or in a game that is about the input alone.
    function _accuse(Play storage play, Phase phase) private {
        Claim storage claim = _claims[play.claim];
        if (claim.lie != Lie.None && claim.isPosted && !play.isDemand) return;
        bytes4 reason = GameVerdicts.GameWordAgrees.selector;
        if (!claim.isPosted) reason = DisputeGame.GameTraceUnknown.selector;
        if (phase == Phase.Demanded) reason = GameBook.GamePhaseMismatch.selector;
        _refused(abi.encodeCall(game.convict, (play.id, play.position, _contradiction(claim))), reason);
    }

    function _refused(bytes memory call, bytes4 reason) private {
        // solhint-disable-next-line avoid-low-level-calls
        (bool succeeded, bytes memory result) = address(game).call(call);
        assert(!succeeded && bytes4(result) == reason);
        ++refusals;
        ++done;
    }

    function _powerless(address target, bytes memory call, bytes4 reason) private {
        // solhint-disable-next-line avoid-low-level-calls
        (bool succeeded, bytes memory result) = target.call(call);
        assert(!succeeded && bytes4(result) == reason);
        ++done;
    }
}
