// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ModelId, ModelRecord, ModelShape} from "../types/ModelRecord.sol";

/// @title Content-addressed models, and what publishers say of them
/// @notice Registering is open to anyone, idempotent, and says nothing but that the record is legal. Names live under the publisher's own address.
interface IModelRegistry {
    /// @notice What a publisher says of one version of one of its models.
    struct Listing {
        ModelId modelId;
        uint40 publishedAt;
        bool deprecated;
        /// @dev Where the bytes are. Any mirror serves, since the id decides.
        string uri;
        /// @dev SPDX identifier.
        string licence;
    }

    /// @notice A model can be requested from now on.
    event ModelRegistered(ModelId indexed modelId, ModelRecord record);
    /// @notice `publisher` listed a model.
    event ModelPublished(
        address indexed publisher,
        ModelId indexed modelId,
        string name,
        string version,
        string uri,
        string licence
    );
    /// @notice `publisher` advises against this version, or no longer does.
    event ModelDeprecated(
        address indexed publisher,
        ModelId indexed modelId,
        string name,
        string version,
        bool deprecated
    );

    /// @notice Stores the record if it is legal; idempotent.
    function register(ModelRecord calldata record) external returns (ModelId modelId);

    /// @notice Lists a registered model under the caller's address; a version cannot be listed twice.
    function publish(
        ModelId modelId,
        string calldata name,
        string calldata version,
        string calldata uri,
        string calldata licence
    ) external;

    /// @notice Sets the deprecation flag of one of the caller's listings. Requests go on; the flag is advice.
    function setDeprecated(string calldata name, string calldata version, bool deprecated) external;

    /// @notice The record; reverts if the model is not registered.
    function recordOf(ModelId modelId) external view returns (ModelRecord memory);

    /// @notice The sizes and depths of the record alone; reverts if the model is not registered.
    function shapeOf(ModelId modelId) external view returns (ModelShape memory);

    /// @notice Whether the model is registered.
    function isRegistered(ModelId modelId) external view returns (bool);

    /// @notice The listing; empty if there is none.
    function listingOf(
        address publisher,
        string calldata name,
        string calldata version
    ) external view returns (Listing memory);
}
