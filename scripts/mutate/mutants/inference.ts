import type { Mutant } from "../mutant.ts";

const court = { file: "inference/InferenceCourt.sol" } as const;
const hub = { file: "inference/InferenceHub.sol" } as const;
const missed = { file: "inference/MissedDeadlines.sol" } as const;
const book = { file: "inference/HubBook.sol" } as const;
const reader = { file: "inference/HubReader.sol" } as const;
const state = { file: "inference/CommitmentState.sol" } as const;

export const inferenceMutants: readonly Mutant[] = [
  // Games
  {
    ...court,
    bugClass: "boundary",
    find: "require(currentTime() < endsAt, HubWindowClosed(",
    replace: "require(!(endsAt < currentTime()), HubWindowClosed(",
  },
  {
    ...court,
    bugClass: "phase",
    find: "_requireStatus(requestId, commitment.status, Status.Committed);",
    replace: "",
  },
  {
    ...court,
    bugClass: "access",
    find: "require(msg.sender == _game, HubCallerNotGame(msg.sender, _game));",
    replace: "",
  },
  { ...court, bugClass: "payee", find: "_vault.take(challenger, terms.bond());", replace: "" },
  {
    ...court,
    bugClass: "cross credit",
    find: "++commitment.openGames;",
    replace: "commitment.openGames = 1;",
  },
  {
    ...court,
    bugClass: "payee",
    find: "if (outcome == Outcome.ChallengerWins) _vault.give(challenger, bond);",
    replace: "if (outcome == Outcome.ChallengerWins) _vault.give(state.operator, bond);",
  },
  {
    ...court,
    bugClass: "payee",
    find: "else _vault.burn(bond);",
    replace: "else _vault.give(challenger, bond);",
  },
  {
    ...court,
    bugClass: "double pay",
    find: "if (commitment.status == Status.Committed) pool = _slash(",
    replace: "pool = _slash(",
  },
  {
    ...court,
    bugClass: "phase",
    find: "} else if (outcome == Outcome.ChallengerWins || outcome == Outcome.BothLose) {",
    replace: "} else if (outcome == Outcome.ChallengerWins) {",
  },
  { ...court, bugClass: "phase", find: "commitment.tainted = true;", replace: "" },
  {
    ...court,
    bugClass: "phase",
    find: "_requireStatus(requestId, commitment.status, Status.Slashed);",
    replace: "",
  },
  {
    ...court,
    bugClass: "payee",
    find: "_vault.pay(state.operator, bond - burned - refunds, burned);",
    replace: "_vault.pay(state.operator, bond - burned, burned);",
  },
  {
    ...court,
    bugClass: "payee",
    find: "_vault.pay(state.operator, bond - burned - refunds, burned);",
    replace: "_vault.pay(state.operator, bond - burned - refunds, 0);",
  },
  {
    ...court,
    bugClass: "payee",
    find: "uint256 burned = Shares.shareDown(amount, terms.lockBurnBps());",
    replace: "uint256 burned = Shares.shareDown(amount, terms.bondBurnBps());",
  },
  {
    ...court,
    bugClass: "payee",
    find: "uint256 given = state.fee + compensation;",
    replace: "uint256 given = compensation;",
  },
  {
    ...court,
    bugClass: "payee",
    find: "_vault.slash(state.operator, amount, amount, burned, state.requester, given);",
    replace: "_vault.slash(state.operator, amount, amount, burned, state.operator, given);",
  },
  { ...court, bugClass: "double pay", find: "commitment.status = Status.Slashed;", replace: "" },
  {
    ...court,
    bugClass: "stake maths",
    find: "_vault.slash(state.operator, amount, amount, burned, state.requester, given);",
    replace: "_vault.slash(state.operator, amount, pool, burned, state.requester, given);",
  },
  {
    ...court,
    bugClass: "live parameter",
    find: "uint256 amount = commitment.lock;",
    replace: "(uint256 amount, ) = _vault.stakeOf(state.operator);",
  },
  // Requests and commitments
  {
    ...hub,
    bugClass: "identity",
    find: "require(state.commitment.status == Status.None, HubRequestExists(requestId));",
    replace: "",
  },
  {
    ...reader,
    bugClass: "identity",
    find: "                        requester,\n                        parameters,",
    replace: "                        parameters,",
  },
  {
    ...reader,
    bugClass: "identity",
    find: "                        inputRoot,\n                        inputPublished",
    replace: "                        inputPublished",
  },
  {
    ...missed,
    bugClass: "boundary",
    find: "require(deadline > block.timestamp, HubDeadlineNotAhead(",
    replace: "require(deadline >= block.timestamp, HubDeadlineNotAhead(",
  },
  {
    ...hub,
    bugClass: "boundary",
    find: "require(currentTime() < state.deadline, HubDeadlinePassed(",
    replace: "require(!(state.deadline < currentTime()), HubDeadlinePassed(",
  },
  {
    ...missed,
    bugClass: "boundary",
    find: "            currentTime() >= state.deadline,",
    replace: "            state.deadline < currentTime(),",
  },
  {
    ...hub,
    bugClass: "live parameter",
    find: "Instant windowEndsAt = currentTime().after_(Duration.wrap(state.windowSeconds));",
    replace: "Instant windowEndsAt = state.deadline.after_(Duration.wrap(state.windowSeconds));",
  },
  {
    ...hub,
    bugClass: "binding",
    find: "OutputBinding.check(shape.stepDepth, shape.stepCount, outputRoot, traceRoot, outputProof);",
    replace: "",
  },
  {
    ...hub,
    bugClass: "binding",
    find: "OutputBinding.check(shape.stepDepth, shape.stepCount, state.outputRoot, traceRoot, outputProof);",
    replace: "",
  },
  {
    ...hub,
    bugClass: "binding",
    find: "require(state.traceRoot == 0, HubTraceKnown(requestId, state.traceRoot));",
    replace: "",
  },
  {
    ...hub,
    bugClass: "stake maths",
    find: "_requireStake(operator, state.commitment.lock);\n        uint96 lock",
    replace: "uint96 lock",
  },
  { ...hub, bugClass: "stake maths", find: "_vault.lock(operator, lock);", replace: "" },
  {
    ...hub,
    bugClass: "stake maths",
    find: "if (status == Status.Final) return _vault.unlock(operator, lock);",
    replace: "if (status == Status.Final) return;",
  },
  {
    ...hub,
    bugClass: "payee",
    find: "if (status == Status.Final) _vault.pay(state.operator, state.fee, 0);",
    replace: "if (status == Status.Final) _vault.pay(msg.sender, state.fee, 0);",
  },
  {
    ...hub,
    bugClass: "payee",
    find: "else _vault.give(state.requester, state.fee);",
    replace: "else _vault.give(state.operator, state.fee);",
  },
  {
    ...hub,
    bugClass: "payee",
    find: "_vault.slash(operator, lock, penalty, penalty, address(0), 0);",
    replace: "_vault.slash(operator, lock, penalty, 0, address(0), 0);",
  },
  {
    ...missed,
    bugClass: "payee",
    find: "_vault.slash(operator, lock, penalty, 0, state.requester, refund + penalty);",
    replace: "_vault.slash(operator, lock, penalty, 0, operator, refund + penalty);",
  },
  {
    ...missed,
    bugClass: "payee",
    find: "_vault.slash(operator, lock, penalty, 0, state.requester, refund + penalty);",
    replace: "_vault.slash(operator, lock, penalty, 0, state.requester, penalty);",
  },
  {
    ...missed,
    bugClass: "payee",
    find: "if (refund != 0) _vault.give(state.requester, refund);",
    replace: "",
  },
  { ...missed, bugClass: "double pay", find: "state.commitment.status = Status.Refunded;", replace: "" },
  { ...hub, bugClass: "double pay", find: "state.commitment.status = status;", replace: "" },
  { ...hub, bugClass: "payee", find: "_vault.take(msg.sender, parameters.fee);", replace: "" },
  {
    ...reader,
    bugClass: "phase",
    find: "require(status == Status.Final, HubNotFinal(requestId, status));",
    replace: "",
  },
  {
    ...reader,
    bugClass: "binding",
    find: "return output.length == shape.outputBytes && WordTree.rootOf",
    replace: "return WordTree.rootOf",
  },
  {
    ...hub,
    bugClass: "access",
    find: "_requireLink(address(game_), game_.vault(), address(vault_));",
    replace: "",
  },
  // Time, and who may do what
  {
    ...state,
    bugClass: "complement",
    find: "currentTime() >= self.windowEndsAt && self.openGames == 0",
    replace: "currentTime() >= self.windowEndsAt",
  },
  {
    ...state,
    bugClass: "boundary",
    find: "currentTime() >= self.windowEndsAt && self.openGames == 0",
    replace: "self.windowEndsAt < currentTime() && self.openGames == 0",
  },
  {
    ...state,
    bugClass: "phase",
    find: "return self.tainted ? Status.Void : Status.Final;",
    replace: "return Status.Final;",
  },
  {
    ...book,
    bugClass: "boundary",
    find: "return currentTime() < state.deadline ? status : Status.Refunded;",
    replace: "return state.deadline < currentTime() ? Status.Refunded : status;",
  },
  {
    ...book,
    bugClass: "access",
    find: "            msg.sender == operator || msg.sender == _vault.signerOf(operator),",
    replace: "            operator != address(this),",
  },
  {
    ...book,
    bugClass: "complement",
    find: "require(commitment.openGames == 0, HubGamesOpen(commitmentId, commitment.openGames));",
    replace: "",
  },
  {
    ...book,
    bugClass: "boundary",
    find: "            currentTime() >= commitment.windowEndsAt,",
    replace: "            commitment.windowEndsAt < currentTime(),",
  },
  {
    file: "types/VerdictTerms.sol",
    bugClass: "live parameter",
    find: "(uint256(profile.bondBurnBps) << 224)",
    replace: "(uint256(profile.lockBurnBps) << 224)",
  },
  {
    file: "types/VerdictTerms.sol",
    bugClass: "live parameter",
    find: "(uint256(profile.stepRefund) << 96)",
    replace: "(uint256(profile.answerRefund) << 96)",
  },
  {
    ...book,
    bugClass: "live parameter",
    find: "_verdictTerms[profileId] = VerdictTermFields.verdictTermsOf(profile);",
    replace: "",
  },
  {
    file: "types/Terms.sol",
    bugClass: "live parameter",
    find: "uint24(profile.clockSeconds)",
    replace: "uint24(profile.windowSeconds)",
  },
  {
    ...book,
    bugClass: "cross credit",
    find: "return state.inBatch ? _batches[state.batchId] : state.commitment;",
    replace: "return state.commitment;",
  },
];
