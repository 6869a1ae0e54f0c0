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
        _enough(
            "actions that could be done, of a hundred",
            (100 * _campaign.done()) / _campaign.wanted(),
            60
        );
        // A long campaign has many runs, whose sums have to be larger still.
        uint256 least = _campaign.wanted() / 300;
        _enough("final", _campaign.statuses(Status.Final), least);
        _enough("slashed", _campaign.statuses(Status.Slashed), least);
        _enough("void", _campaign.statuses(Status.Void), least);
        _enough("refunded", _campaign.statuses(Status.Refunded), least);
        _enough("won by the operator", _campaign.outcomes(Outcome.OperatorWins), least);
        _enough("won by the challenger", _campaign.outcomes(Outcome.ChallengerWins), least);
        _enough("lost by both", _campaign.outcomes(Outcome.BothLose), least);
        _enough("undecided", _campaign.outcomes(Outcome.Undecided), least);
        _enough("left", _campaign.outcomes(Outcome.Left), least);
        _enough("rewards", _campaign.rewards(), least);
        _enough("refunds", _campaign.refunds(), least);
        _enough("convictions", _campaign.convictions(), least);
        _enough("inputs published", _campaign.publications(), least);
        _enough("tickets completed", _campaign.completed(), least / 4);
        _enough("tickets cancelled", _campaign.cancelled(), least / 20);
        _enough("refusals", _campaign.refusals(), least);
        _enough("calls of the token", _campaign.token().refused() + _campaign.token().allowed(), least);

        string memory log = VM.envOr("ASSAY_CAMPAIGN_LOG", string(""));
        if (bytes(log).length != 0) VM.writeLine(log, _counts);

        _campaign.drain();
        _campaign.audit();
        _campaign.auditEmpty();
    }

    /// @dev The long profile adds up what all runs say here.
    function _enough(string memory what, uint256 actual, uint256 expected) private {
        _counts = string.concat(_counts, what, "=", VM.toString(actual), ";");
        if (actual < expected) revert CampaignHollow(what, actual, expected);
    }
}
