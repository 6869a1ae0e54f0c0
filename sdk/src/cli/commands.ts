/** All commands of `assay`, with the files that they are in. */

import type { CommandTable } from "./lazy.ts";

export const COMMANDS: CommandTable = {
  init: {
    summary: "set up a folder to work in",
    args: "[folder]",
    load: async () => (await import("./commands/init.ts")).init,
  },
  doctor: {
    summary: "check this computer, the chain, the account and models; sends nothing",
    load: async () => (await import("./commands/doctor.ts")).doctor,
  },
  devnet: {
    summary: "start a chain of your own with everything deployed and everybody funded",
    load: async () => (await import("./commands/devnet.ts")).devnet,
  },
  networks: {
    summary: "list the chains whose contracts this package knows",
    load: async () => (await import("./commands/networks.ts")).networks,
  },
  keys: {
    summary: "create, import and look at encrypted keys",
    commands: {
      create: {
        summary: "make a new key",
        load: async () => (await import("./commands/keys.ts")).create,
      },
      import: {
        summary: "encrypt a key that you have",
        load: async () => (await import("./commands/keys.ts")).import_,
      },
      list: {
        summary: "list the keystores of a folder",
        args: "[folder]",
        load: async () => (await import("./commands/keys.ts")).list,
      },
      address: {
        summary: "print the address of a keystore",
        args: "<file>",
        load: async () => (await import("./commands/keys.ts")).address,
      },
      passwd: {
        summary: "change the password of a keystore",
        args: "<file>",
        load: async () => (await import("./commands/keys.ts")).passwd,
      },
      export: {
        summary: "print the private key of a keystore",
        args: "<file>",
        load: async () => (await import("./commands/keys.ts")).export_,
      },
    },
  },
  model: {
    summary: "compile, examine, run and publish models",
    commands: {
      compile: {
        summary: "make a model directory of an ONNX file",
        args: "<file>",
        load: async () => (await import("./commands/model-compile.ts")).compile,
      },
      run: {
        summary: "run a model on .npy inputs",
        args: "<directory>",
        load: async () => (await import("./commands/model-run.ts")).run,
      },
      inspect: {
        summary: "show what a model directory holds",
        args: "<directory>",
        load: async () => (await import("./commands/model-inspect.ts")).inspect,
      },
      verify: {
        summary: "recompute everything about a model directory from its bytes",
        args: "<directory>",
        load: async () => (await import("./commands/model-verify.ts")).verify,
      },
      sample: {
        summary: "write inputs that fit a model",
        args: "<directory>",
        load: async () => (await import("./commands/model-sample.ts")).sample,
      },
      types: {
        summary: "print TypeScript types of a model's inputs and outputs",
        args: "<directory>",
        load: async () => (await import("./commands/model-sample.ts")).types,
      },
      publish: {
        summary: "pack, register and list a model",
        args: "<directory>",
        load: async () => (await import("./commands/model-publish.ts")).publish,
      },
      list: {
        summary: "list the models that publishers offer",
        load: async () => (await import("./commands/model-list.ts")).list,
      },
      deprecate: {
        summary: "mark a listing of yours as deprecated",
        args: "<name>",
        load: async () => (await import("./commands/model-deprecate.ts")).deprecate,
      },
    },
  },
  run: {
    summary: "short for `assay model run`",
    args: "<directory>",
    load: async () => (await import("./commands/model-run.ts")).run,
  },
  profile: {
    summary: "look at what results can be given under: windows, clocks, locks and bonds",
    commands: {
      list: {
        summary: "list all profiles",
        load: async () => (await import("./commands/profile.ts")).list,
      },
      show: {
        summary: "show all values of a profile",
        args: "<id>",
        load: async () => (await import("./commands/profile.ts")).show,
      },
      create: {
        summary: "create a profile from a file",
        args: "<file>",
        load: async () => (await import("./commands/profile.ts")).create,
      },
    },
  },
  account: {
    summary: "put tokens into the vault, stake them, and take them out again",
    commands: {
      show: {
        summary: "show balances, stake, keys and exits of an account",
        args: "[address]",
        load: async () => (await import("./commands/account-show.ts")).show,
      },
      statement: {
        summary: "print every movement of an account's money as CSV",
        args: "[address]",
        load: async () => (await import("./commands/account-statement.ts")).statement,
      },
      deposit: {
        summary: "move tokens from the wallet to the free balance",
        args: "<tokens>",
        load: async () => (await import("./commands/account.ts")).deposit,
      },
      withdraw: {
        summary: "move tokens from the free balance to a wallet",
        args: "<tokens>",
        load: async () => (await import("./commands/account.ts")).withdraw,
      },
      stake: {
        summary: "stake from the free balance",
        args: "<tokens>",
        load: async () => (await import("./commands/account.ts")).stake,
      },
      unstake: {
        summary: "begin to take stake out",
        args: "<tokens>",
        load: async () => (await import("./commands/account.ts")).unstake,
      },
      complete: {
        summary: "complete an exit whose delay is over",
        args: "<ticket>",
        load: async () => (await import("./commands/account.ts")).complete,
      },
      cancel: {
        summary: "take an exit back into the stake",
        args: "<ticket>",
        load: async () => (await import("./commands/account.ts")).cancel,
      },
      signer: {
        summary: "name the key that works with this account's stake",
        args: "<address>",
        load: async () => (await import("./commands/account.ts")).signer,
      },
      payout: {
        summary: "name the account that is paid",
        args: "<address>",
        load: async () => (await import("./commands/account.ts")).payout,
      },
    },
  },
  request: {
    summary: "ask for an inference, follow it, and check its result",
    commands: {
      quote: {
        summary: "show what asking would cost",
        load: async () => (await import("./commands/request-send.ts")).quote,
      },
      send: {
        summary: "ask for an inference",
        load: async () => (await import("./commands/request-send.ts")).send_,
      },
      show: {
        summary: "show where a request stands",
        args: "<id>",
        load: async () => (await import("./commands/request-look.ts")).show,
      },
      watch: {
        summary: "wait until nothing can change a request any more",
        args: "<id>",
        load: async () => (await import("./commands/request-look.ts")).watch,
      },
      verify: {
        summary: "execute a request again and compare",
        args: "<id>",
        load: async () => (await import("./commands/request-verify.ts")).verify,
      },
      settle: {
        summary: "record how a request ended, which pays and refunds",
        args: "<id>",
        load: async () => (await import("./commands/request-send.ts")).settle,
      },
    },
  },
  dispute: {
    summary: "look at disputes, open them, make their moves, and claim what they yield",
    commands: {
      list: {
        summary: "list games",
        load: async () => (await import("./commands/dispute-look.ts")).list,
      },
      show: {
        summary: "show a game and its clocks",
        args: "<id>",
        load: async () => (await import("./commands/dispute-look.ts")).show,
      },
      tree: {
        summary: "draw a game down to the disputed element",
        args: "<id>",
        load: async () => (await import("./commands/dispute-look.ts")).tree,
      },
      export: {
        summary: "write a game into a file that proves itself",
        args: "<id>",
        load: async () => (await import("./commands/dispute-evidence.ts")).export_,
      },
      verify: {
        summary: "check such a file without any chain",
        args: "<file>",
        load: async () => (await import("./commands/dispute-evidence.ts")).verify,
      },
      open: {
        summary: "challenge a result that is wrong",
        args: "<request>",
        load: async () => (await import("./commands/dispute-play.ts")).open,
      },
      move: {
        summary: "make the next move of a side",
        args: "<id>",
        load: async () => (await import("./commands/dispute-play.ts")).move,
      },
      claim: {
        summary: "pay out what a game yields",
        args: "<id>",
        load: async () => (await import("./commands/dispute-claim.ts")).claim,
      },
    },
  },
  operator: {
    summary: "answer requests, and stake on the answers",
    commands: {
      run: {
        summary: "serve models until it is stopped",
        load: async () => (await import("./commands/operator.ts")).operator,
      },
      risk: {
        summary: "show what an operator could lose, and until when",
        args: "[address]",
        load: async () => (await import("./commands/operator-risk.ts")).risk,
      },
    },
  },
  challenger: {
    summary: "compute results again, and contest what is wrong",
    commands: {
      run: {
        summary: "check every result until it is stopped",
        load: async () => (await import("./commands/challenger.ts")).challenger,
      },
    },
  },
  monitor: {
    summary: "watch the protocol without a key",
    commands: {
      run: {
        summary: "report until it is stopped",
        load: async () => (await import("./commands/monitor.ts")).monitor,
      },
    },
  },
};
