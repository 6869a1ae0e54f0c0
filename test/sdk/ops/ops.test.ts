import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { parse } from "yaml";
import { root } from "../../../scripts/check/check.ts";
import { COMMANDS } from "../../../sdk/src/cli/commands.ts";
import { connectionSettings, keySettings, serviceSettings } from "../../../sdk/src/node/daemon-settings.ts";
import { createMetrics } from "../../../sdk/src/node/metrics.ts";
import { variableOf } from "../../../sdk/src/node/setting.ts";

const folder = join(root, "sdk/ops");

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly action: string };
}

interface Container {
  readonly command: readonly string[];
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly stop_grace_period: string;
  readonly read_only: boolean;
  readonly build: string;
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

  it("default: the image installs this package, and sets only what exists", () => {
    const lines = readFileSync(join(folder, "Dockerfile"), "utf8").split("\n");
    const of = (word: string): readonly string[] =>
      lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
    const manifest = JSON.parse(readFileSync(join(root, "sdk/package.json"), "utf8"));
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const image = /^node:(\d+)-slim$/.exec(of("FROM")[0] as string);
    expect(devDependencies.node).to.match(new RegExp(`^${image?.[1]}\\.`));
    expect(of("RUN")[0]).to.contain(` ${manifest.name}@${manifest.version} viem@${devDependencies.viem} `);
    expect(JSON.parse(of("ENTRYPOINT")[0] as string)).to.deep.equal(Object.keys(manifest.bin));
    expect(of("USER")).to.deep.equal(["node"]);
    const known = [
      ...Object.keys({ ...serviceSettings, ...connectionSettings, ...keySettings }).map(variableOf),
    ];
    const set = Object.fromEntries(
      (of("ENV")[0] ?? "").split(" ").map((pair) => pair.split("=") as [string, string]),
    );
    for (const name of Object.keys(set)) expect([...known, "ASSAY_CONFIG", "NODE_ENV"]).to.include(name);
    const port = String(serviceSettings.metricsPort.fallback);
    expect([set.ASSAY_METRICS_PORT, ...of("EXPOSE")]).to.deep.equal([port, port]);
    expect(of("HEALTHCHECK")[0]).to.contain(`http://127.0.0.1:${port}/healthz`);
    expect(of("VOLUME")).to.deep.equal(of("WORKDIR"));
  });

  it("default: what is composed are commands that exist, with a configuration and a place of their own each", () => {
    const { services, volumes } = parse(readFileSync(join(folder, "compose.yaml"), "utf8"), {
      merge: true,
    }) as {
      readonly services: Readonly<Record<string, Container>>;
      readonly volumes: object;
    };
    const image = readFileSync(join(folder, "Dockerfile"), "utf8");
    expect(Object.keys(services)).to.deep.equal(Object.keys(volumes));
    for (const [
      name,
      { command, ports, volumes: mounts, stop_grace_period, read_only, build },
    ] of Object.entries(services)) {
      const [group, leaf] = command as [string, string];
      const entry = COMMANDS[group];
      expect(entry !== undefined && "commands" in entry && leaf in entry.commands, name).to.equal(true);
      expect(Number.parseInt(stop_grace_period, 10)).to.be.greaterThan(serviceSettings.drainSeconds.fallback);
      expect(ports).to.have.length(1);
      expect(ports[0]).to.match(new RegExp(`^127\\.0\\.0\\.1:\\d+:${serviceSettings.metricsPort.fallback}$`));
      const [config, place] = mounts.map((mount) => mount.split(":")[1] as string) as [string, string];
      expect(image).to.contain(`ASSAY_CONFIG=${config} `).and.to.contain(`VOLUME ${place}\n`);
      expect(mounts[1]?.split(":")[0]).to.equal(name);
      expect({ read_only, build }).to.deep.equal({ read_only: true, build: "." });
    }
  });
});
