/** A dispute as a picture in a terminal: the path through both traces, the clocks, whose turn it is, and the money. */

import pc from "picocolors";
import type { DisputeGameState } from "../actions/getGame.ts";
import type { Profile } from "../actions/getProfile.ts";
import type { GameEvent } from "../actions/internal/game-history.ts";
import { formatAmount, type TokenUnits } from "../core/amounts.ts";
import { LEVELS_PER_MOVE, type Side, traceDepth } from "../game/state.ts";
import type { StepInfo } from "../machine/model.ts";
import type { ModelRecord } from "../machine/types.ts";
import { seconds } from "./duration.ts";
import { short, table } from "./format.ts";

export interface Picture {
  readonly game: DisputeGameState;
  readonly events: readonly GameEvent[];
  readonly profile: Pick<Profile, "clockSeconds" | "bond" | "lock">;
  readonly record: ModelRecord;
  /** The operator's root; `undefined` while it is not known. */
  readonly traceRoot: string | undefined;
  /** How amounts are written. */
  readonly units: TokenUnits;
  /** What the steps are for, where the model is at hand. */
  readonly stepInfos?: readonly StepInfo[];
}

const CLOCK_CELLS = 24;

/** The whole picture. */
export function drawDispute(picture: Picture): string {
  return [heading(picture), clocks(picture), descent(picture), stakes(picture)].join("\n\n");
}

function heading({ game, events }: Picture): string {
  const opening = events.find((event) => event.kind === "opened" || event.kind === "demanded");
  return table([
    ["game", game.gameId],
    ["about", game.requestId],
    ["challenger", opening?.challenger ?? "unknown"],
    ["state", stateText(game)],
  ]);
}

/** What has to happen next, in one sentence. */
export function stateText({ phase, outcome, turn, canMove }: DisputeGameState): string {
  if (phase === "ended") return `ended: ${OUTCOME_TEXTS[outcome] ?? outcome}`;
  if (!canMove)
    return `${phase}: a clock is used up, and anybody can end the game by \`assay dispute move --timeout\``;
  if (phase === "demanded") return "demanded: the operator, or anybody, has to publish the input";
  if (phase === "opened") return "opened: the challenger has to reveal its trace root";
  if (phase === "leaf") return "leaf: anybody can have the chain compute the disputed element";
  return `${phase}: the ${turn} has to answer`;
}

/** How a game has ended, in words. */
export const OUTCOME_TEXTS: Readonly<Record<string, string>> = {
  operatorWins: "the operator wins, and keeps its stake",
  challengerWins: "the challenger wins, and the operator is slashed",
  bothLose: "both lose: neither had the true value",
  undecided: "undecided: nobody could show the truth, and the result is void",
  left: "the challenger has left, since another game had slashed the operator",
};

function clocks({ game, profile }: Picture): string {
  const { clockSeconds } = profile;
  const line = (side: Side): string => {
    const isOver = game.phase === "ended";
    const [used, remaining] =
      side === "operator"
        ? [game.operatorUsed, game.operatorRemaining]
        : [game.challengerUsed, game.challengerRemaining];
    const left = isOver ? Math.max(0, clockSeconds - used) : remaining;
    const runs = !isOver && (game.phase === "leaf" || game.turn === side);
    const cells = Math.round((CLOCK_CELLS * left) / Math.max(1, clockSeconds));
    const bar = `${"#".repeat(cells)}${".".repeat(CLOCK_CELLS - cells)}`;
    const note = runs ? "  <- its clock runs" : "";
    const text = `${side.padEnd(10)} [${bar}] ${seconds(left)} of ${seconds(clockSeconds)} left${note}`;
    return runs && left * 4 < clockSeconds ? pc.red(text) : text;
  };
  return ["clocks", line("operator"), line("challenger")].join("\n");
}

/** The levels that the search has gone down, with both sides' nodes where they part. */
function descent({ events, record, traceRoot, stepInfos }: Picture): string {
  const depth = traceDepth(record);
  const lines = [
    `trace     ${2 ** record.stepDepth} steps of ${2 ** record.wordDepth} words: ${depth} levels, ${LEVELS_PER_MOVE} a move`,
  ];
  let indent = "";
  const node = (level: number, index: number, operator: string, challenger: string): void => {
    lines.push(`${indent}+- level ${level}, node ${index}: ${rangeText(level, index, record, stepInfos)}`);
    const known = /^0x0+$/.test(operator) ? "not known yet" : short(operator);
    lines.push(`${indent}|    operator   ${known}`);
    lines.push(`${indent}|    challenger ${short(challenger)}`);
    indent += "  ";
  };
  const verdict = (
    { step, byteOffset, size, truth }: Extract<GameEvent, { kind: "stepped" | "convicted" }>,
    claims: Readonly<Record<string, number>>,
  ): void => {
    lines.push(
      `${indent}+- ${stepText(step, stepInfos)}, byte ${byteOffset}: the chain computed the element`,
    );
    for (const [who, value] of Object.entries({ ...claims, truth })) {
      const text = `${indent}     ${who.padEnd(10)} ${valueText(value, size)}`;
      lines.push(value === truth ? text : pc.red(`${text}  wrong`));
    }
  };
  for (const event of events) {
    if (event.kind === "revealed") node(0, 0, traceRoot ?? "0x0", event.traceRoot);
    if (event.kind === "answered") node(event.level, event.index, event.operatorNode, event.challengerNode);
    if (event.kind === "stepped") {
      const { operatorValue, challengerValue } = event;
      verdict(event, { operator: operatorValue, challenger: challengerValue });
    }
    if (event.kind === "convicted") verdict(event, { operator: event.claimed });
  }
  if (lines.length === 1)
    lines.push("+- nothing has been shown yet: the challenge is hidden until it is revealed");
  return lines.join("\n");
}

/** The stored bits of an element. */
export function valueText(value: number, size: number): string {
  return `0x${(size >= 4 ? value >>> 0 : value & (2 ** (8 * size) - 1)).toString(16).padStart(2 * size, "0")}`;
}

function rangeText(
  level: number,
  index: number,
  record: ModelRecord,
  infos: readonly StepInfo[] | undefined,
): string {
  const { stepDepth, wordDepth } = record;
  if (level >= stepDepth) {
    const words = 2 ** (stepDepth + wordDepth - level);
    const inner = level - stepDepth;
    const step = Math.floor(index / 2 ** inner);
    const first = (index - step * 2 ** inner) * words;
    const span = words === 1 ? `word ${first}` : `words ${first} to ${first + words - 1}`;
    return `${stepText(step, infos)}, ${span}`;
  }
  const steps = 2 ** (stepDepth - level);
  const last = Math.min((index + 1) * steps, record.stepCount) - 1;
  return `steps ${index * steps} to ${Math.max(index * steps, last)}`;
}

function stepText(step: number, infos: readonly StepInfo[] | undefined): string {
  const info = infos?.[step];
  return info === undefined ? `step ${step}` : `step ${step} (${info.operator} "${info.nodes.join(", ")}")`;
}

function stakes({ profile, units }: Picture): string {
  return table([
    ["operator risks", `${formatAmount(profile.lock, units)}, locked for this result`],
    ["challenger risks", `${formatAmount(profile.bond, units)}, its bond`],
  ]);
}
