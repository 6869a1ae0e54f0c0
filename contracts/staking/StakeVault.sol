// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
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
    using SafeCast for uint256;

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
        amount = _escrow.burned;
        if (amount == 0) return 0;
        _escrow.burned = 0;
        _send(BURN_ADDRESS, amount);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Stake
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IStakeVault
    function stake(uint256 amount) external {
        _debit(msg.sender, amount);
        _stakes[msg.sender].amount += amount.toUint128();
        emit Staked(msg.sender, amount);
    }

    /// @inheritdoc IStakeVault
    function requestUnstake(uint256 amount) external returns (uint256 ticketId) {
        Stake storage own = _stakes[msg.sender];
        // INVARIANT: what leaves the stake was not locked, so every open commitment stays covered.
        _requireUnlocked(msg.sender, own, amount);
        uint128 amount128 = amount.toUint128();
        own.amount -= amount128;

        ticketId = ++_lastTicketId;
        Instant readyAt = currentTime().after_(_unstakeDelay);
        _tickets[ticketId] = Ticket({operator: msg.sender, readyAt: readyAt, amount: amount128});
        emit UnstakeRequested(ticketId, msg.sender, amount, Instant.unwrap(readyAt));
    }

    /// @inheritdoc IStakeVault
    function cancelUnstake(uint256 ticketId) external {
        Ticket memory ticket = _takeTicket(ticketId);
        require(ticket.operator == msg.sender, VaultTicketNotOwned(ticketId, ticket.operator, msg.sender));
        _stakes[ticket.operator].amount += ticket.amount;
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
        Stake storage own = _stakes[msg.sender];
        _requireUnlocked(msg.sender, own, amount);
        uint128 amount128 = amount.toUint128();
        own.amount -= amount128;
        _stakes[to].amount += amount128;
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
        _escrow.held += amount.toUint128();
    }

    /// @inheritdoc IStakeVault
    function give(address account, uint256 amount) external onlyProtocol {
        _give(account, amount);
    }

    /// @inheritdoc IStakeVault
    function pay(address operator, uint256 amount) external onlyProtocol {
        _give(payoutOf(operator), amount);
    }

    /// @inheritdoc IStakeVault
    function burn(uint256 amount) external onlyProtocol {
        uint128 amount128 = amount.toUint128();
        _escrow.held -= amount128;
        _escrow.burned += amount128;
    }

    /// @inheritdoc IStakeVault
    function lock(address operator, uint256 amount) external onlyProtocol {
        Stake storage of_ = _stakes[operator];
        // INVARIANT: the same stake never backs two commitments.
        uint256 locked = _requireUnlocked(operator, of_, amount);
        unchecked {
            // SAFETY: all that is locked is no more than the stake, which has 128 bits.
            of_.locked = uint128(locked + amount);
        }
    }

    /// @inheritdoc IStakeVault
    function unlock(address operator, uint256 amount) external onlyProtocol {
        _stakes[operator].locked -= amount.toUint128();
    }

    /// @inheritdoc IStakeVault
    function slash(address operator, uint256 amount, uint256 taken) external onlyProtocol {
        Stake storage of_ = _stakes[operator];
        uint128 taken128 = taken.toUint128();
        of_.locked -= amount.toUint128();
        of_.amount -= taken128;
        _escrow.held += taken128;
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

    function _give(address account, uint256 amount) private {
        // INVARIANT: the escrow never pays more than it took; the subtraction is checked.
        _escrow.held -= amount.toUint128();
        _balances[account] += amount;
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
