// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {AmountPair} from "../types/AmountPair.sol";
import {Duration, Instant} from "../types/Time.sol";

/// @title The record of all amounts: what is stored, and what readers see of it
abstract contract VaultBook is IStakeVault {
    /// @notice There is no code at the token's address.
    error VaultTokenWithoutCode(address token);
    /// @notice The operator has not so much stake that is not locked.
    error VaultUnlockedStakeTooLow(address operator, uint256 unlocked, uint256 amount);

    IERC20 internal immutable _token;
    address internal immutable _hub;
    address internal immutable _game;
    Duration internal immutable _unstakeDelay;

    struct Ticket {
        address operator;
        Instant readyAt;
        uint128 amount;
    }

    mapping(address account => uint256 amount) internal _balances;
    /// @dev The stake, and what of it is locked. INVARIANT: that is no more, and the sum of the locks of the operator's commitments that have not ended.
    mapping(address operator => AmountPair stakedAndLocked) internal _stakes;
    mapping(uint256 ticketId => Ticket ticket) internal _tickets;
    uint256 internal _lastTicketId;
    /// @dev What the protocol holds, and what was burned and not swept yet.
    AmountPair internal _heldAndBurned;
    uint256 internal _owed;
    mapping(address operator => address signer) internal _signers;
    mapping(address operator => address payout) internal _payouts;

    /// @param token_ The only token.
    /// @param hub_ The hub; it checks at its own deployment that it is the one meant here.
    /// @param game_ The game; checked by the hub as well.
    /// @param unstakeDelay_ Seconds between asking for stake and getting it.
    constructor(IERC20 token_, address hub_, address game_, uint32 unstakeDelay_) {
        require(address(token_).code.length != 0, VaultTokenWithoutCode(address(token_)));
        _token = token_;
        _hub = hub_;
        _game = game_;
        _unstakeDelay = Duration.wrap(unstakeDelay_);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Views
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IStakeVault
    function hub() external view returns (address) {
        return _hub;
    }

    /// @inheritdoc IStakeVault
    function game() external view returns (address) {
        return _game;
    }

    /// @inheritdoc IStakeVault
    function token() external view returns (address) {
        return address(_token);
    }

    /// @inheritdoc IStakeVault
    function unstakeDelay() external view returns (uint32) {
        return Duration.unwrap(_unstakeDelay);
    }

    /// @inheritdoc IStakeVault
    function owed() external view returns (uint256) {
        return _owed;
    }

    /// @inheritdoc IStakeVault
    function signerOf(address operator) external view returns (address) {
        return _signers[operator];
    }

    /// @inheritdoc IStakeVault
    function payoutOf(address operator) public view returns (address) {
        address payout = _payouts[operator];
        return payout == address(0) ? operator : payout;
    }

    /// @inheritdoc IStakeVault
    function balanceOf(address account) external view returns (uint256) {
        return _balances[account];
    }

    /// @inheritdoc IStakeVault
    function stakeOf(address operator) external view returns (uint256 amount, uint256 locked) {
        return _stakes[operator].split();
    }

    /// @inheritdoc IStakeVault
    function ticketOf(
        uint256 ticketId
    ) external view returns (address operator, uint256 amount, uint40 readyAt) {
        Ticket storage ticket = _tickets[ticketId];
        return (ticket.operator, ticket.amount, Instant.unwrap(ticket.readyAt));
    }

    /// @inheritdoc IStakeVault
    function escrow() external view returns (uint256 held, uint256 burned) {
        return _heldAndBurned.split();
    }

    // ---------------------------------------------------------------------------------------------------------

    function _requireUnlocked(address operator, AmountPair own, uint256 amount) internal pure {
        (uint256 staked, uint256 locked) = own.split();
        uint256 unlocked = staked - locked;
        require(unlocked >= amount, VaultUnlockedStakeTooLow(operator, unlocked, amount));
    }
}
