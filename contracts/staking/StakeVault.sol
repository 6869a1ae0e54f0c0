// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {AmountPair, pairOf} from "../types/AmountPair.sol";
import {currentTime, Instant} from "../types/Time.sol";
import {VaultBook} from "./VaultBook.sol";

/// @title Custody of the one ERC-20 token
/// @dev INVARIANT: `owed` is the sum of all free balances, stakes, tickets, the escrow and what was burned but not swept. The vault's balance of the token
/// is at least that; it is exactly that unless somebody sent tokens here without {deposit}.
///
/// What it assumes of the token:
/// - *safety*: balances change by transfers alone. A token that takes a fee, from whichever side, is refused at the transfer; hooks are harmless. One whose
///   balances shrink by themselves is refused from then on: whoever deposits would pay for the others.
/// - *liveness*: transfers out of the vault succeed. If they do not, withdrawals wait; no dispute ever does.
contract StakeVault is VaultBook {
    using SafeERC20 for IERC20;

    /// @notice The token delivered another amount than it was asked to.
    error VaultTokenAmountMismatch(uint256 received, uint256 amount);
    /// @notice The token has taken from the vault what it never sent: it is no token for a vault, and nothing more is accepted.
    error VaultTokenShrank(uint256 balance, uint256 owed);
    /// @notice Nobody could ever use what is sent there.
    error VaultReceiverInvalid(address receiver);
    /// @notice Only the hub and the game move money inside the vault.
    error VaultCallerNotProtocol(address caller);
    /// @notice The account has not so much that is free.
    error VaultBalanceTooLow(address account, uint256 balance, uint256 amount);
    /// @notice There is no such ticket, or it was completed or cancelled.
    error VaultTicketUnknown(uint256 ticketId);
    /// @notice Only the owner of a ticket cancels it.
    error VaultTicketNotOwned(uint256 ticketId, address owner, address caller);
    /// @notice The ticket is not ready yet.
    error VaultTicketNotReady(uint256 ticketId, uint40 readyAt);
    /// @notice The token called back into a function that moves tokens.
    error VaultReentered(address caller);

    /// @notice Where burned tokens are sent: nobody has a key for it.
    address public constant BURN_ADDRESS = 0x000000000000000000000000000000000000dEaD;

    /// @dev Whether a call that moves tokens is under way.
    bool private transient _entered;

    modifier onlyProtocol() {
        require(msg.sender == _hub || msg.sender == _game, VaultCallerNotProtocol(msg.sender));
        _;
    }

    modifier nonReentrant() {
        require(!_entered, VaultReentered(msg.sender));
        _entered = true;
        _;
        _entered = false;
    }

    /// @param token_ The only token.
    /// @param hub_ The hub; it checks at its own deployment that it is the one meant here.
    /// @param game_ The game; checked by the hub as well.
    /// @param unstakeDelay_ Seconds between asking for stake and getting it.
    constructor(
        IERC20 token_,
        address hub_,
        address game_,
        uint32 unstakeDelay_
    ) VaultBook(token_, hub_, game_, unstakeDelay_) {}

    // ---------------------------------------------------------------------------------------------------------
    // Tokens in and out
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IStakeVault
    function deposit(address account, uint256 amount) external nonReentrant {
        _deposit(account, amount);
    }

    /// @inheritdoc IStakeVault
    function depositWithPermit(
        address account,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant {
        try IERC20Permit(address(_token)).permit(msg.sender, address(this), amount, deadline, v, r, s) {
            _deposit(account, amount);
        } catch {
            // SAFETY: somebody may have used the permit first; the allowance decides, and without one the transfer fails.
            _deposit(account, amount);
        }
    }

    /// @inheritdoc IStakeVault
    function withdraw(address to, uint256 amount) external nonReentrant {
        require(to != address(0) && to != address(this), VaultReceiverInvalid(to));
        _debit(msg.sender, amount);
        emit Withdrawn(msg.sender, to, amount);
        _send(to, amount);
    }

    /// @inheritdoc IStakeVault
    function sweepBurned() external nonReentrant returns (uint256 amount) {
        uint256 held;
        (held, amount) = _heldAndBurned.split();
        if (amount == 0) return 0;
        _heldAndBurned = pairOf(held, 0);
        _send(BURN_ADDRESS, amount);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Stake
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IStakeVault
    function stake(uint256 amount) external {
        _debit(msg.sender, amount);
        _addStake(msg.sender, amount);
        emit Staked(msg.sender, amount);
    }

    /// @inheritdoc IStakeVault
    function requestUnstake(uint256 amount) external returns (uint256 ticketId) {
        _takeStake(msg.sender, amount);
        ticketId = ++_lastTicketId;
        Instant readyAt = currentTime().after_(_unstakeDelay);
        // SAFETY: the amount was part of a stake, which has 128 bits.
        _tickets[ticketId] = Ticket({operator: msg.sender, readyAt: readyAt, amount: uint128(amount)});
        emit UnstakeRequested(ticketId, msg.sender, amount, Instant.unwrap(readyAt));
    }

    /// @inheritdoc IStakeVault
    function cancelUnstake(uint256 ticketId) external {
        Ticket memory ticket = _takeTicket(ticketId);
        require(ticket.operator == msg.sender, VaultTicketNotOwned(ticketId, ticket.operator, msg.sender));
        _addStake(ticket.operator, ticket.amount);
        emit UnstakeCancelled(ticketId);
    }

    /// @inheritdoc IStakeVault
    function completeUnstake(uint256 ticketId) external {
        Ticket memory ticket = _takeTicket(ticketId);
        require(
            currentTime() >= ticket.readyAt,
            VaultTicketNotReady(ticketId, Instant.unwrap(ticket.readyAt))
        );
        _balances[ticket.operator] += ticket.amount;
        emit UnstakeCompleted(ticketId);
    }

    /// @inheritdoc IStakeVault
    function transferStake(address to, uint256 amount) external {
        require(to != address(0) && to != address(this), VaultReceiverInvalid(to));
        _takeStake(msg.sender, amount);
        _addStake(to, amount);
        emit StakeTransferred(msg.sender, to, amount);
    }

    /// @inheritdoc IStakeVault
    function setSigner(address signer) external {
        _signers[msg.sender] = signer;
        emit SignerSet(msg.sender, signer);
    }

    /// @inheritdoc IStakeVault
    function setPayout(address payout) external {
        require(payout != address(this), VaultReceiverInvalid(payout));
        _payouts[msg.sender] = payout;
        emit PayoutSet(msg.sender, payout);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Protocol
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IStakeVault
    function take(address account, uint256 amount) external onlyProtocol {
        _debit(account, amount);
        (uint256 held, uint256 burned) = _heldAndBurned.split();
        _heldAndBurned = pairOf(held + amount, burned);
    }

    /// @inheritdoc IStakeVault
    function give(address account, uint256 amount) external onlyProtocol {
        _release(0, amount, 0);
        _balances[account] += amount;
    }

    /// @inheritdoc IStakeVault
    function pay(address operator, uint256 amount, uint256 burned) external onlyProtocol {
        _release(0, amount, burned);
        _balances[payoutOf(operator)] += amount;
    }

    /// @inheritdoc IStakeVault
    function burn(uint256 amount) external onlyProtocol {
        _release(0, 0, amount);
    }

    /// @inheritdoc IStakeVault
    function lock(address operator, uint256 amount) external onlyProtocol {
        AmountPair own = _stakes[operator];
        // INVARIANT: the same stake never backs two commitments.
        _requireUnlocked(operator, own, amount);
        _stakes[operator] = own.withMore(amount);
    }

    /// @inheritdoc IStakeVault
    function unlock(address operator, uint256 amount) external onlyProtocol {
        (uint256 staked, uint256 locked) = _stakes[operator].split();
        _stakes[operator] = pairOf(staked, locked - amount);
    }

    /// @inheritdoc IStakeVault
    function slash(
        address operator,
        uint256 amount,
        uint256 taken,
        uint256 burned,
        address account,
        uint256 given
    ) external onlyProtocol {
        (uint256 staked, uint256 locked) = _stakes[operator].split();
        _stakes[operator] = pairOf(staked - taken, locked - amount);
        _release(taken, given, burned);
        if (given != 0) _balances[account] += given;
    }

    // ---------------------------------------------------------------------------------------------------------

    function _deposit(address account, uint256 amount) private {
        require(account != address(0), VaultReceiverInvalid(account));
        uint256 before = _token.balanceOf(address(this));
        require(before >= _owed, VaultTokenShrank(before, _owed));
        _token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = _token.balanceOf(address(this)) - before;
        // INVARIANT: what is credited is what arrived.
        require(received == amount, VaultTokenAmountMismatch(received, amount));

        _balances[account] += amount;
        _owed += amount;
        emit Deposited(account, msg.sender, amount);
    }

    /// @dev Sends what was debited before.
    function _send(address to, uint256 amount) private {
        _owed -= amount;
        uint256 before = _token.balanceOf(address(this));
        _token.safeTransfer(to, amount);
        uint256 rest = _token.balanceOf(address(this));
        // INVARIANT: nobody's withdrawal costs the others anything.
        require(rest + amount >= before, VaultTokenAmountMismatch(before - rest, amount));
    }

    /// @dev Adds to the escrow what is taken, and subtracts what is given to somebody and what is burned.
    function _release(uint256 taken, uint256 given, uint256 burnedNow) private {
        (uint256 held, uint256 burned) = _heldAndBurned.split();
        // INVARIANT: the escrow never pays more than it took; the subtraction is checked.
        _heldAndBurned = pairOf(held + taken - given - burnedNow, burned + burnedNow);
    }

    function _addStake(address operator, uint256 amount) private {
        (uint256 staked, uint256 locked) = _stakes[operator].split();
        _stakes[operator] = pairOf(staked + amount, locked);
    }

    /// @dev INVARIANT: what leaves the stake was not locked, so every open commitment stays covered.
    function _takeStake(address operator, uint256 amount) private {
        AmountPair own = _stakes[operator];
        _requireUnlocked(operator, own, amount);
        (uint256 staked, uint256 locked) = own.split();
        _stakes[operator] = pairOf(staked - amount, locked);
    }

    function _debit(address account, uint256 amount) private {
        uint256 balance = _balances[account];
        require(balance >= amount, VaultBalanceTooLow(account, balance, amount));
        unchecked {
            // SAFETY: balance >= amount.
            _balances[account] = balance - amount;
        }
    }

    function _takeTicket(uint256 ticketId) private returns (Ticket memory ticket) {
        ticket = _tickets[ticketId];
        require(ticket.operator != address(0), VaultTicketUnknown(ticketId));
        delete _tickets[ticketId];
    }
}
