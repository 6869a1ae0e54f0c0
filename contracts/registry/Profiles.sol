// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IProfiles} from "../interfaces/IProfiles.sol";
import {Shares} from "../libraries/Shares.sol";
import {ProfileId} from "../types/Ids.sol";
import {Profile} from "../types/Profile.sol";

/// @title Immutable parameter sets, named by their hash
/// @dev What is proven at creation: the window and the clock outlast the censorship assumed, the trace and every transaction; a fixed share of a lock and of a
/// lost bond is burned; a lost bond repays the defence and exceeds it by a factor; a slashed lock repays who convicted it; penalties are covered.
/// What cannot be proven here is what amounts are worth: the refunds state the prices of gas that a profile is made for.
contract Profiles is IProfiles {
    /// @notice No parameter set of that id has been created.
    error ProfileUnknown(ProfileId profileId);
    /// @notice A transaction takes time: an inclusion time of zero would allow clocks that leave no second to move.
    error ProfileInclusionZero();
    /// @notice The window does not outlast the censorship it is made to survive, building the trace, and one transaction.
    error ProfileWindowTooShort(uint256 windowSeconds, uint256 minimum);
    /// @notice The clock does not outlast the censorship it is made to survive, building the trace, and all moves of one side.
    error ProfileClockTooShort(uint256 clockSeconds, uint256 minimum);
    /// @notice Nobody can plan for so long: what is locked would be as good as lost.
    error ProfileTimeTooLong(uint256 duration, uint256 maximum);
    /// @notice Too small a share of the lock is burned: what is not burned, a convicted operator can win back through an accomplice.
    error ProfileLockBurnOutOfRange(uint256 lockBurnBps, uint256 minimum, uint256 maximum);
    /// @notice The requester would gain too much from a conviction.
    error ProfileRequesterShareTooLarge(uint256 requesterBps, uint256 maximum);
    /// @notice More than the lock would be given away.
    error ProfileLockSharesTooLarge(uint256 totalBps, uint256 maximum);
    /// @notice Too small a share of a lost bond is burned: an operator could delay its own results with an accomplice for free.
    error ProfileBondBurnOutOfRange(uint256 bondBurnBps, uint256 minimum, uint256 maximum);
    /// @notice A challenge has to cost something if it is lost.
    error ProfileBondZero();
    /// @notice The side that claimed first would risk less than the one that contests it.
    error ProfileLockBelowBond(uint256 lock, uint256 bond);
    /// @notice What is left of a lost bond does not repay those who made all the moves of the operator.
    error ProfileRefundsTooLarge(uint256 refunds, uint256 available);
    /// @notice The bond is too small a multiple of what repays the defence: it would cost an attacker too little to make others spend.
    error ProfileBondTooSmall(uint256 bond, uint256 minimum);
    /// @notice The earliest winner's share of the lock does not repay its moves, at the prices at which the defence is repaid: nobody would challenge.
    error ProfileRewardTooSmall(uint256 reward, uint256 minimum);
    /// @notice An input of that length could not be published in one transaction.
    error ProfileDemandTooLong(uint256 maxDemandBytes, uint256 maximum);
    /// @notice The penalty exceeds what is locked.
    error ProfileMissedDeadlinePenaltyTooLarge(uint256 penalty, uint256 maximum);
    /// @notice An undecided game would cost the operator more than the challenger.
    error ProfileVoidPenaltyTooLarge(uint256 penalty, uint256 maximum);

    /// @notice Longest window and longest clock, in seconds: 194 days.
    uint256 public constant MAX_SECONDS = type(uint24).max;
    /// @notice Transactions of one side in the longest game: a trace of 40 levels takes 10 answers of 4 levels, 5 a side; reveal and step.
    uint256 public constant MAX_MOVES = 7;
    /// @notice Answers of the operator among them.
    uint256 public constant MAX_ANSWERS = 5;
    /// @notice Transactions of a challenger until its game is open: it shows the result of a batch, and opens.
    uint256 public constant OPENING_MOVES = 2;
    /// @notice A bond is at least so many times what repays the defence against it.
    uint256 public constant MIN_GRIEFING_RATIO = 2;
    /// @notice Longest input that fits into a transaction of 128 KiB, with what surrounds it.
    uint256 public constant MAX_DEMAND_BYTES = 122_880;
    /// @notice Smallest share of a lock that a slash burns.
    uint256 public constant MIN_LOCK_BURN_BPS = 5_000;
    /// @notice Largest share of a lock that goes to the requester.
    uint256 public constant MAX_REQUESTER_BPS = 1_000;
    /// @notice Smallest share of a lost bond that is burned.
    uint256 public constant MIN_BOND_BURN_BPS = 2_000;

    /// @dev Separates ids of profiles from every other hash of the system.
    bytes32 private constant PROFILE_TAG = keccak256("Assay profile");

    mapping(ProfileId profileId => Profile profile) private _profiles;

    /// @inheritdoc IProfiles
    function create(Profile calldata profile) external returns (ProfileId profileId) {
        _validateTimes(profile);
        _validateShares(profile);
        _validateAmounts(profile);
        profileId = idOf(profile);
        if (exists(profileId)) return profileId;

        _profiles[profileId] = profile;
        emit ProfileCreated(profileId, profile);
    }

    /// @inheritdoc IProfiles
    function profileOf(ProfileId profileId) external view returns (Profile memory) {
        require(exists(profileId), ProfileUnknown(profileId));
        return _profiles[profileId];
    }

    /// @inheritdoc IProfiles
    function exists(ProfileId profileId) public view returns (bool) {
        // INVARIANT: no sound profile has an inclusion time of 0.
        return _profiles[profileId].inclusionSeconds != 0;
    }

    /// @inheritdoc IProfiles
    function idOf(Profile calldata profile) public pure returns (ProfileId) {
        return ProfileId.wrap(keccak256(abi.encode(PROFILE_TAG, profile)));
    }

    // ---------------------------------------------------------------------------------------------------------

    function _validateTimes(Profile calldata profile) private pure {
        require(profile.inclusionSeconds != 0, ProfileInclusionZero());
        // An honest challenger sees the commitment, computes the trace, and opens, while censored for as long as the profile assumes.
        uint256 window =
            uint256(profile.censorshipSeconds) +
                profile.traceSeconds +
                OPENING_MOVES * profile.inclusionSeconds;
        require(profile.windowSeconds >= window, ProfileWindowTooShort(profile.windowSeconds, window));
        // An honest side computes the trace once and makes all its moves, while censored for as long as the profile assumes.
        uint256 clock =
            uint256(profile.censorshipSeconds) + profile.traceSeconds + MAX_MOVES * profile.inclusionSeconds;
        require(profile.clockSeconds >= clock, ProfileClockTooShort(profile.clockSeconds, clock));
        require(profile.windowSeconds <= MAX_SECONDS, ProfileTimeTooLong(profile.windowSeconds, MAX_SECONDS));
        require(profile.clockSeconds <= MAX_SECONDS, ProfileTimeTooLong(profile.clockSeconds, MAX_SECONDS));
    }

    function _validateShares(Profile calldata profile) private pure {
        uint256 lockBurn = profile.lockBurnBps;
        require(
            lockBurn >= MIN_LOCK_BURN_BPS && lockBurn <= Shares.WHOLE_BPS,
            ProfileLockBurnOutOfRange(lockBurn, MIN_LOCK_BURN_BPS, Shares.WHOLE_BPS)
        );
        require(
            profile.requesterBps <= MAX_REQUESTER_BPS,
            ProfileRequesterShareTooLarge(profile.requesterBps, MAX_REQUESTER_BPS)
        );
        uint256 total = lockBurn + profile.requesterBps;
        require(total <= Shares.WHOLE_BPS, ProfileLockSharesTooLarge(total, Shares.WHOLE_BPS));
        uint256 bondBurn = profile.bondBurnBps;
        require(
            bondBurn >= MIN_BOND_BURN_BPS && bondBurn <= Shares.WHOLE_BPS,
            ProfileBondBurnOutOfRange(bondBurn, MIN_BOND_BURN_BPS, Shares.WHOLE_BPS)
        );
    }

    function _validateAmounts(Profile calldata profile) private pure {
        require(profile.bond != 0, ProfileBondZero());
        require(profile.lock >= profile.bond, ProfileLockBelowBond(profile.lock, profile.bond));
        uint256 refunds = MAX_ANSWERS * profile.answerRefund + profile.stepRefund;
        uint256 available = profile.bond - Shares.shareDown(profile.bond, profile.bondBurnBps);
        require(refunds <= available, ProfileRefundsTooLarge(refunds, available));
        uint256 minBond = MIN_GRIEFING_RATIO * refunds;
        require(profile.bond >= minBond, ProfileBondTooSmall(profile.bond, minBond));
        uint256 pool =
            profile.lock -
                Shares.shareDown(profile.lock, profile.lockBurnBps) -
                Shares.shareDown(profile.lock, profile.requesterBps);
        require(pool / 2 >= refunds, ProfileRewardTooSmall(pool / 2, refunds));
        require(
            profile.maxDemandBytes <= MAX_DEMAND_BYTES,
            ProfileDemandTooLong(profile.maxDemandBytes, MAX_DEMAND_BYTES)
        );
        require(
            profile.missedDeadlinePenalty <= profile.lock,
            ProfileMissedDeadlinePenaltyTooLarge(profile.missedDeadlinePenalty, profile.lock)
        );
        // The bond is at most the lock, so the penalty is covered by the lock as well.
        require(
            profile.voidPenalty <= profile.bond,
            ProfileVoidPenaltyTooLarge(profile.voidPenalty, profile.bond)
        );
    }
}
