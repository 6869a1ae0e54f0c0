// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {ModelId, ModelRecord, ModelShape} from "../types/ModelRecord.sol";

/// @title Content-addressed models, and what publishers say of them
contract ModelRegistry is IModelRegistry {
    /// @notice No record of that id has been registered.
    error RegistryModelUnknown(ModelId modelId);
    /// @notice The publisher has listed this version already; listings are not rewritten.
    error RegistryListingExists(address publisher, string name, string version);
    /// @notice The publisher has no such listing.
    error RegistryListingUnknown(address publisher, string name, string version);

    /// @dev A record in three slots: the roots, and everything else.
    struct StoredRecord {
        bytes32 programRoot;
        bytes32 constantsRoot;
        uint16 machineVersion;
        uint8 inputDepth;
        uint8 constantsDepth;
        uint8 stepDepth;
        uint8 wordDepth;
        uint32 stepCount;
        uint32 inputBytes;
        uint32 outputBytes;
    }

    mapping(ModelId modelId => StoredRecord record) private _records;
    mapping(bytes32 key => Listing listing) private _listings;

    // ---------------------------------------------------------------------------------------------------------
    // Models
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IModelRegistry
    function register(ModelRecord calldata record) external returns (ModelId modelId) {
        record.validate();
        modelId = record.id();
        if (isRegistered(modelId)) return modelId;

        _records[modelId] = StoredRecord({
            programRoot: record.programRoot,
            constantsRoot: record.constantsRoot,
            machineVersion: record.machineVersion,
            inputDepth: record.inputDepth,
            constantsDepth: record.constantsDepth,
            stepDepth: record.stepDepth,
            wordDepth: record.wordDepth,
            stepCount: record.stepCount,
            inputBytes: record.inputBytes,
            outputBytes: record.outputBytes
        });
        emit ModelRegistered(modelId, record);
    }

    /// @inheritdoc IModelRegistry
    function recordOf(ModelId modelId) external view returns (ModelRecord memory) {
        _requireRegistered(modelId);
        StoredRecord memory stored = _records[modelId];
        return
            ModelRecord({
                machineVersion: stored.machineVersion,
                programRoot: stored.programRoot,
                constantsRoot: stored.constantsRoot,
                inputDepth: stored.inputDepth,
                constantsDepth: stored.constantsDepth,
                stepDepth: stored.stepDepth,
                wordDepth: stored.wordDepth,
                stepCount: stored.stepCount,
                inputBytes: stored.inputBytes,
                outputBytes: stored.outputBytes
            });
    }

    /// @inheritdoc IModelRegistry
    function shapeOf(ModelId modelId) external view returns (ModelShape memory) {
        _requireRegistered(modelId);
        StoredRecord storage stored = _records[modelId];
        return
            ModelShape({
                inputDepth: stored.inputDepth,
                stepDepth: stored.stepDepth,
                wordDepth: stored.wordDepth,
                stepCount: stored.stepCount,
                inputBytes: stored.inputBytes,
                outputBytes: stored.outputBytes
            });
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
