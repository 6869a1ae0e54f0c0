import type { Mutant } from "../mutant.ts";

const court = { file: "inference/InferenceCourt.sol" } as const;
const hub = { file: "inference/InferenceHub.sol" } as const;
const state = { file: "inference/RequestState.sol" } as const;

export const inferenceMutants: readonly Mutant[] = [
  // Games
  {
    ...court,
    bugClass: "boundary",
    find: "            currentTime() < state.windowEndsAt,",
    replace: "            !(state.windowEndsAt < currentTime()),",
  },
  {
    ...court,
    bugClass: "phase",
    find: "_requireStatus(requestId, state.status, Status.Committed);\n        require(\n            currentTime() < state.windowEndsAt,",
    replace: "require(\n            currentTime() < state.windowEndsAt,",
  },
  {
    ...court,
    bugClass: "access",
    find: "require(msg.sender == _game, HubCallerNotGame(msg.sender, _game));",
    replace: "",
  },
  { ...court, bugClass: "payee", find: "_vault.take(challenger, profile.bond);", replace: "" },
  {
    ...court,
    bugClass: "cross credit",
    find: "++state.openGames;",
    replace: "state.openGames = 1;",
  },
  {
    ...court,
    bugClass: "payee",
    find: "if (outcome == Outcome.ChallengerWins) _vault.give(challenger, profile.bond);",
    replace: "if (outcome == Outcome.ChallengerWins) _vault.give(state.operator, profile.bond);",
  },
  {
    ...court,
    bugClass: "payee",
    find: "else _vault.burn(profile.bond);",
    replace: "else _vault.give(challenger, profile.bond);",
  },
  {
    ...court,
    bugClass: "double pay",
    find: "if (state.status == Status.Committed) pool = _slash(requestId, state, profile);",
    replace: "pool = _slash(requestId, state, profile);",
  },
  {
    ...court,
    bugClass: "phase",
    find: "} else if (outcome == Outcome.ChallengerWins || outcome == Outcome.BothLose) {",
    replace: "} else if (outcome == Outcome.ChallengerWins) {",
  },
  { ...court, bugClass: "phase", find: "state.tainted = true;", replace: "" },
  {
    ...court,
    bugClass: "phase",
    find: "_requireStatus(requestId, state.status, Status.Slashed);",
    replace: "",
  },
  {
    ...court,
    bugClass: "payee",
    find: "_vault.give(operator, profile.bond - burned - refunds);",
    replace: "_vault.give(operator, profile.bond - burned);",
  },
  {
    ...court,
    bugClass: "payee",
    find: "_vault.burn(burned);\n        // INVARIANT",
    replace: "// INVARIANT",
  },
  {
    ...court,
    bugClass: "payee",
    find: "uint256 burned = Shares.shareDown(amount, profile.lockBurnBps);",
    replace: "uint256 burned = Shares.shareDown(amount, profile.bondBurnBps);",
  },
  {
    ...court,
    bugClass: "payee",
    find: "_vault.give(state.requester, state.fee + compensation);",
    replace: "_vault.give(state.requester, compensation);",
  },
  {
    ...court,
    bugClass: "payee",
    find: "_vault.give(state.requester, state.fee + compensation);",
    replace: "_vault.give(state.operator, state.fee + compensation);",
  },
  { ...court, bugClass: "double pay", find: "state.status = Status.Slashed;", replace: "" },
  {
    ...court,
    bugClass: "stake maths",
    find: "_vault.slash(state.operator, amount, amount);",
    replace: "_vault.slash(state.operator, amount, pool);",
  },
  {
    ...court,
    bugClass: "live parameter",
    find: "uint256 amount = state.minStakeOrLock;",
    replace: "(uint256 amount, ) = _vault.stakeOf(state.operator);",
  },
  // Requests and commitments
  {
    ...hub,
    bugClass: "identity",
    find: "require(state.status == Status.None, HubRequestExists(requestId));",
    replace: "",
  },
  {
    ...hub,
    bugClass: "identity",
    find: "                        requester,\n                        parameters,",
    replace: "                        parameters,",
  },
  {
    ...hub,
    bugClass: "identity",
    find: "                        inputRoot,\n                        inputPublished",
    replace: "                        inputPublished",
  },
  {
    ...hub,
    bugClass: "boundary",
    find: "            parameters.deadline > block.timestamp,",
    replace: "            parameters.deadline >= block.timestamp,",
  },
  {
    ...hub,
    bugClass: "boundary",
    find: "require(currentTime() < state.deadline, HubDeadlinePassed(",
    replace: "require(!(state.deadline < currentTime()), HubDeadlinePassed(",
  },
  {
    ...hub,
    bugClass: "boundary",
    find: "            currentTime() >= state.deadline,",
    replace: "            state.deadline < currentTime(),",
  },
  {
    ...hub,
    bugClass: "boundary",
    find: "            currentTime() >= state.windowEndsAt,",
    replace: "            state.windowEndsAt < currentTime(),",
  },
  {
    ...hub,
    bugClass: "complement",
    find: "require(state.openGames == 0, HubGamesOpen(requestId, state.openGames));",
    replace: "",
  },
  {
    ...hub,
    bugClass: "live parameter",
    find: "Instant windowEndsAt = currentTime().after_(state.window);",
    replace: "Instant windowEndsAt = state.deadline.after_(state.window);",
  },
  {
    ...hub,
    bugClass: "binding",
    find: "OutputBinding.check(record, outputRoot, traceRoot, outputProof);",
    replace: "",
  },
  {
    ...hub,
    bugClass: "binding",
    find: "OutputBinding.check(_recordOf(state.modelId), state.outputRoot, traceRoot, outputProof);",
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
    bugClass: "access",
    find: "require(msg.sender == state.operator, HubOperatorMismatch(requestId, msg.sender, state.operator));",
    replace: "",
  },
  {
    ...hub,
    bugClass: "stake maths",
    find: "require(stake >= state.minStakeOrLock, HubStakeTooLow(msg.sender, stake, state.minStakeOrLock));",
    replace: "",
  },
  { ...hub, bugClass: "stake maths", find: "_vault.lock(msg.sender, lock);", replace: "" },
  {
    ...hub,
    bugClass: "stake maths",
    find: "_vault.unlock(state.operator, state.minStakeOrLock);",
    replace: "",
  },
  {
    ...hub,
    bugClass: "payee",
    find: "_vault.give(state.operator, state.fee);",
    replace: "_vault.give(state.requester, state.fee);",
  },
  {
    ...hub,
    bugClass: "payee",
    find: "_vault.burn(penalty);\n            _vault.give(state.requester, state.fee);",
    replace: "_vault.burn(penalty);\n            _vault.give(state.operator, state.fee);",
  },
  { ...hub, bugClass: "payee", find: "refund += penalty;", replace: "" },
  { ...hub, bugClass: "double pay", find: "state.status = Status.Refunded;", replace: "" },
  { ...hub, bugClass: "double pay", find: "state.status = status;", replace: "" },
  { ...hub, bugClass: "payee", find: "_vault.take(msg.sender, parameters.fee);", replace: "" },
  {
    ...hub,
    bugClass: "phase",
    find: "require(isFinal(requestId), HubNotFinal(requestId, statusOf(requestId)));",
    replace: "",
  },
  {
    ...hub,
    bugClass: "binding",
    find: "return output.length == record.outputBytes && WordTree.rootOf",
    replace: "return WordTree.rootOf",
  },
  {
    ...hub,
    bugClass: "access",
    find: "_requireLink(address(game_), game_.vault(), address(vault_));",
    replace: "",
  },
  // Time
  {
    ...state,
    bugClass: "boundary",
    find: "return currentTime() < self.deadline ? status : Status.Refunded;",
    replace: "return self.deadline < currentTime() ? Status.Refunded : status;",
  },
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
];
