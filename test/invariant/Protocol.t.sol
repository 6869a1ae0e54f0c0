// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Outcome} from "../../contracts/types/Game.sol";
import {Status} from "../../contracts/types/Request.sol";
import {Audit} from "./Audit.sol";
import {VM} from "./Vm.sol";

/// @notice What the actions are chosen from. The test runner knows contracts of test files only.
contract Campaign is Audit {}

/// @title Campaigns of random legal actions, after each of which every invariant has to hold
/// @notice The runs, and the number of actions in each, come from `hardhat.config.ts`; `npm run campaign` makes them long.
contract ProtocolTest {
    /// @notice Too few of what the campaign is about have happened.
    error CampaignHollow(string what, uint256 actual, uint256 expected);
    /// @notice An action that always succeeds did not.
    error CampaignStuck(bytes4 action);

    Campaign private _campaign;
    string private _counts;

    function setUp() external {
        _campaign = new Campaign();
    }

    /// @notice What the actions are chosen from.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_campaign);
    }

    function invariant_moneyClocksAndTruth_hold() external {
        _campaign.audit();
    }

    /// @notice At the end everything ends by calls that anyone may make, and the campaign has been about something.
    function afterInvariant() external {
        _finish();
        _enough(
            "actions that could be done, of a hundred",
            (100 * _campaign.done()) / _campaign.wanted(),
            60
        );
        // What a run cannot be without; a long campaign has many runs, whose sums have to be larger still.
        _enough("final", _campaign.statuses(Status.Final), 1);
        _enough("slashed", _campaign.statuses(Status.Slashed), 1);
        _enough("void", _campaign.statuses(Status.Void), 1);
        _enough("refunded", _campaign.statuses(Status.Refunded), 1);
        _enough("won by the operator", _campaign.outcomes(Outcome.OperatorWins), 1);
        _enough("won by the challenger", _campaign.outcomes(Outcome.ChallengerWins), 1);
        _enough("lost by both", _campaign.outcomes(Outcome.BothLose), 1);
        _enough("undecided", _campaign.outcomes(Outcome.Undecided), 1);
        _enough("left", _campaign.outcomes(Outcome.Left), 1);
        _enough("batches final", _campaign.batches(Status.Final), 1);
        _enough("batches slashed", _campaign.batches(Status.Slashed), 1);
        _enough("batches void", _campaign.batches(Status.Void), 1);
        _enough("requests answered by a batch", _campaign.linked(), 0);
        _enough("rewards", _campaign.rewards(), 1);
        _enough("refunds", _campaign.refunds(), 1);
        _enough("convictions", _campaign.convictions(), 1);
        _enough("inputs published", _campaign.publications(), 0);
        _enough("results delivered", _campaign.delivered(), 0);
        _enough("deliveries failed", _campaign.undelivered(), 0);
        _enough("tickets completed", _campaign.completed(), 0);
        _enough("tickets cancelled", _campaign.cancelled(), 0);
        _enough("refusals", _campaign.refusals(), 1);
        _enough("calls of the token", _campaign.token().refused() + _campaign.token().allowed(), 0);

        string memory log = VM.envOr("ASSAY_CAMPAIGN_LOG", string(""));
        if (bytes(log).length != 0) VM.writeLine(log, _counts);

        _campaign.drain();
        _campaign.audit();
        _campaign.auditEmpty();
    }

    /// @dev Chance may leave an ending out of a run, so each run has every one of them at last; twice, because an operator may have to put in stake first.
    function _finish() private {
        for (uint256 i = 0; i < 2; ++i) {
            _audited(abi.encodeCall(_campaign.neglect, (i)));
            _audited(abi.encodeCall(_campaign.convict, (i)));
            _audited(abi.encodeCall(_campaign.bothLie, (i)));
            _audited(abi.encodeCall(_campaign.quit, (i)));
            _audited(abi.encodeCall(_campaign.convictBatch, (i)));
            _audited(abi.encodeCall(_campaign.endBatch, (i)));
            _audited(abi.encodeCall(_campaign.abandonAtLeaf, (i)));
            _audited(abi.encodeCall(_campaign.claimCredits, (i)));
        }
        // What is over by now is final, void, or slashed; and everybody has what is theirs.
        _audited(abi.encodeCall(_campaign.pass, (0)));
        _audited(abi.encodeCall(_campaign.endOverdue, (0)));
        _audited(abi.encodeCall(_campaign.settle, (0)));
        _audited(abi.encodeCall(_campaign.claimCredits, (0)));
    }

    function _audited(bytes memory action) private {
        // solhint-disable-next-line avoid-low-level-calls
        (bool succeeded, ) = address(_campaign).call(action);
        if (!succeeded) revert CampaignStuck(bytes4(action));
        _campaign.audit();
    }

    /// @dev The long profile adds up what all runs say here.
    function _enough(string memory what, uint256 actual, uint256 expected) private {
        _counts = string.concat(_counts, what, "=", VM.toString(actual), ";");
        if (actual < expected) revert CampaignHollow(what, actual, expected);
    }
}
