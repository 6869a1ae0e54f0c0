/** A duration in its two largest units. */
export function seconds(total: number): string {
  const units = [
    ["d", Math.floor(total / 86_400)],
    ["h", Math.floor(total / 3_600) % 24],
    ["min", Math.floor(total / 60) % 60],
    ["s", total % 60],
  ] as const;
  const shown = units.filter(([, count]) => count > 0).slice(0, 2);
  return shown.length === 0 ? "0 s" : shown.map(([unit, count]) => `${count} ${unit}`).join(" ");
}
