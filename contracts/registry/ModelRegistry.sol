// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {ModelId, ModelRecord} from "../types/ModelRecord.sol";

/// @title Content-addressed models, and what publishers say of them
contract ModelRegistry is IModelRegistry {
    /// @notice No record of that id has been registered.
    error RegistryModelUnknown(ModelId modelId);
    /// @notice The publisher has listed this version already; listings are not rewritten.
    error RegistryListingExists(address publisher, string name, string version);
    /// @notice The publisher has no such listing.
    error RegistryListingUnknown(address publisher, string name, string version);

    mapping(ModelId modelId => ModelRecord record) private _records;
    mapping(bytes32 key => Listing listing) private _listings;

    // ---------------------------------------------------------------------------------------------------------
    // Models
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IModelRegistry
    function register(ModelRecord calldata record) external returns (ModelId modelId) {
        record.validate();
        modelId = record.id();
        if (isRegistered(modelId)) return modelId;

        _records[modelId] = record;
        emit ModelRegistered(modelId, record);
    }

    /// @inheritdoc IModelRegistry
    function recordOf(ModelId modelId) external view returns (ModelRecord memory) {
        _requireRegistered(modelId);
        return _records[modelId];
    }

    /// @inheritdoc IModelRegistry
    function isRegistered(ModelId modelId) public view returns (bool) {
        // INVARIANT: no legal record has version 0.
        return _records[modelId].machineVersion != 0;
    }

    // ---------------------------------------------------------------------------------------------------------
    // Listings
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IModelRegistry
    function publish(
        ModelId modelId,
        string calldata name,
        string calldata version,
        string calldata uri,
        string calldata licence
    ) external {
        _requireRegistered(modelId);
        Listing storage listing = _listings[_key(msg.sender, name, version)];
        require(listing.publishedAt == 0, RegistryListingExists(msg.sender, name, version));

        listing.modelId = modelId;
        listing.publishedAt = uint40(block.timestamp);
        listing.uri = uri;
        listing.licence = licence;
        emit ModelPublished(msg.sender, modelId, name, version, uri, licence);
    }

    /// @inheritdoc IModelRegistry
    function setDeprecated(string calldata name, string calldata version, bool deprecated) external {
        Listing storage listing = _listings[_key(msg.sender, name, version)];
        require(listing.publishedAt != 0, RegistryListingUnknown(msg.sender, name, version));

        listing.deprecated = deprecated;
        emit ModelDeprecated(msg.sender, listing.modelId, name, version, deprecated);
    }

    /// @inheritdoc IModelRegistry
    function listingOf(
        address publisher,
        string calldata name,
        string calldata version
    ) external view returns (Listing memory) {
        return _listings[_key(publisher, name, version)];
    }

    // ---------------------------------------------------------------------------------------------------------

    function _requireRegistered(ModelId modelId) private view {
        require(isRegistered(modelId), RegistryModelUnknown(modelId));
    }

    /// @dev The lengths of both strings are part of the encoding, so that no two listings share a key.
    function _key(
        address publisher,
        string calldata name,
        string calldata version
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(publisher, name, version));
    }
}
