import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { parse } from "yaml";
import { root } from "../../../scripts/check/check.ts";
import { createMetrics } from "../../../sdk/src/node/metrics.ts";

const folder = join(root, "sdk/ops");

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly action: string };
}

/** The labels of every metric that a daemon has; those of time series that Prometheus makes of a histogram as well. */
async function knownSeries(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { registry } = createMetrics("0.0.0", "operator");
  const known = new Map<string, ReadonlySet<string>>();
  for (const { name, type } of await registry.getMetricsAsJSON()) {
    const metric = registry.getSingleMetric(name) as unknown as { readonly labelNames: readonly string[] };
    const labels = metric.labelNames;
    const all = new Set([...labels, "role", "instance", "job"]);
    const suffixes = String(type) === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
    for (const suffix of suffixes)
      known.set(`${name}${suffix}`, suffix === "_bucket" ? new Set([...all, "le"]) : all);
  }
  return known;
}

/** The series that an expression names, with the labels that it selects or groups by. */
function seriesIn(expr: string) {
  const groups = [...expr.matchAll(/\b(?:by|ignoring|on)\s*\(([^)]*)\)/g)].flatMap(([, list = ""]) =>
    list.split(/,\s*/),
  );
  return [...expr.matchAll(/\b(assay_\w+)(?:\{([^}]*)\})?/g)].map(([, name = "", selector = ""]) => ({
    name,
    labels: [...selector.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = ""]) => label),
    groups,
  }));
}

async function expectKnown(
  expr: string,
  where: string,
  texts: readonly string[],
): Promise<readonly string[]> {
  const known = await knownSeries();
  const series = seriesIn(expr);
  expect(series, where).to.not.deep.equal([]);
  const shown = texts.flatMap((text) =>
    [...text.matchAll(/\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}/g)].map(([, label]) => label),
  );
  for (const { name, labels, groups } of series) {
    const has = known.get(name);
    expect(has, `${where}: ${name}`).to.not.equal(undefined);
    for (const label of [...labels, ...groups])
      expect(has?.has(label), `${where}: ${label} of ${name}`).to.equal(true);
  }
  for (const label of shown)
    expect(
      series.some(({ name }) => known.get(name)?.has(label ?? "")),
      `${where}: ${label}`,
    ).to.equal(true);
  return series.map(({ name }) => name);
}

describe("sdk/ops", () => {
  it("default: alerts name metrics and labels that exist, and say what to do", async () => {
    const { groups } = parse(readFileSync(join(folder, "alerts.yaml"), "utf8")) as {
      readonly groups: readonly { readonly rules: readonly Rule[] }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    expect(new Set(rules.map(({ alert }) => alert)).size).to.equal(rules.length);
    expect(rules.length).to.be.greaterThan(10);
    for (const { alert, expr, labels, annotations } of rules) {
      expect(alert).to.match(/^Assay[A-Z]/);
      expect(labels.severity, alert).to.be.oneOf(["info", "warning", "critical"]);
      expect(annotations.action, alert).to.match(/\.$/);
      await expectKnown(expr, alert, [annotations.summary, annotations.action]);
    }
  });

  it("default: the dashboard shows nothing that does not exist", async () => {
    const { panels } = JSON.parse(readFileSync(join(folder, "grafana.json"), "utf8")) as {
      readonly panels: readonly {
        readonly title: string;
        readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
      }[];
    };
    const shown = new Set<string>();
    for (const { title, targets = [] } of panels)
      for (const { expr, legendFormat } of targets)
        for (const name of await expectKnown(expr, title, [legendFormat])) shown.add(name);
    expect(shown.size).to.be.greaterThan(25);
  });

  it("error: a metric or a label that nobody has is found", async () => {
    const failures: string[] = [];
    for (const expr of ["assay_invented > 0", 'assay_stake{colour="red"}', "sum by (le) (assay_up)", "1 + 1"])
      await expectKnown(expr, expr, []).catch(() => failures.push(expr));
    expect(failures).to.have.length(4);
  });

  it("default: the unit is one that systemd takes", async () => {
    if (!existsSync("/usr/bin/systemd-analyze")) {
      console.log("      systemd is not on this machine: its own check of the unit was not run");
      return;
    }
    const place = mkdtempSync(join(tmpdir(), "assay-units-"));
    try {
      const unit = join(place, "assay@operator.service");
      copyFileSync(join(folder, "assay@.service"), unit);
      const { stdout, stderr } = await promisify(execFile)("/usr/bin/systemd-analyze", [
        "verify",
        "--man=no",
        unit,
      ]);
      expect(
        `${stdout}${stderr}`.split("\n").filter((line) => line.includes("assay@operator")),
      ).to.deep.equal([]);
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});
