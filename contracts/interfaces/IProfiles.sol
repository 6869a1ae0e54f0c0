// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProfileId} from "../types/Ids.sol";
import {Profile} from "../types/Profile.sol";

/// @title Immutable parameter sets, named by their hash
/// @notice Anyone may create one, nobody can change one; what cannot protect an honest side is refused at creation.
interface IProfiles {
    /// @notice A parameter set exists from now on.
    event ProfileCreated(ProfileId indexed profileId, Profile profile);

    /// @notice Stores `profile` if it is sound; idempotent.
    function create(Profile calldata profile) external returns (ProfileId profileId);

    /// @notice The parameter set; reverts if there is none of that id.
    function profileOf(ProfileId profileId) external view returns (Profile memory);

    /// @notice Whether a parameter set of that id exists.
    function exists(ProfileId profileId) external view returns (bool);

    /// @notice The id that `profile` has or would have.
    function idOf(Profile calldata profile) external pure returns (ProfileId);
}
