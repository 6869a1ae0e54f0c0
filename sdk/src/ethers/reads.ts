/** Node requests answered by ethers providers that have no way to pass them on, for instance one that asks several nodes. */

import type { Block, Provider, TransactionReceipt } from "ethers";

type Parameters = readonly unknown[];

type Transaction = {
  readonly from?: string;
  readonly to?: string;
  readonly data?: string;
  readonly value?: string;
  readonly gas?: string;
};

type LogFilter = {
  readonly address?: string | string[];
  readonly topics?: (string | string[] | null)[];
  readonly fromBlock?: string;
  readonly toBlock?: string;
};

type Answer = (provider: Provider, parameters: Parameters) => Promise<unknown>;

/** Names of the methods that the actions of this package use, and how ethers answers them. */
export const reads: Readonly<Record<string, Answer>> = {
  eth_chainId: async (provider) => quantity((await provider.getNetwork()).chainId),
  eth_blockNumber: async (provider) => quantity(await provider.getBlockNumber()),
  eth_call: (provider, [transaction, block]) =>
    provider.call({ ...request(transaction), blockTag: tag(block) }),
  eth_estimateGas: async (provider, [transaction]) =>
    quantity(await provider.estimateGas(request(transaction))),
  eth_gasPrice: async (provider) => quantity((await provider.getFeeData()).gasPrice ?? 0n),
  eth_maxPriorityFeePerGas: async (provider) =>
    quantity((await provider.getFeeData()).maxPriorityFeePerGas ?? 0n),
  eth_getBalance: async (provider, [address, block]) =>
    quantity(await provider.getBalance(address as string, tag(block))),
  eth_getCode: (provider, [address, block]) => provider.getCode(address as string, tag(block)),
  eth_getTransactionCount: async (provider, [address, block]) =>
    quantity(await provider.getTransactionCount(address as string, tag(block))),
  eth_getBlockByNumber: async (provider, [block]) => rpcBlock(await provider.getBlock(tag(block))),
  eth_getBlockByHash: async (provider, [hash]) => rpcBlock(await provider.getBlock(hash as string)),
  eth_getLogs: (provider, [filter]) => getLogs(provider, filter as LogFilter),
  eth_getTransactionReceipt: async (provider, [hash]) =>
    rpcReceipt(await provider.getTransactionReceipt(hash as string)),
  eth_sendRawTransaction: async (provider, [raw]) =>
    (await provider.broadcastTransaction(raw as string)).hash,
};

function quantity(value: bigint | number): string {
  return `0x${value.toString(16)}`;
}

function tag(block: unknown): string {
  return typeof block === "string" ? block : "latest";
}

function request(transaction: unknown) {
  const { gas, ...rest } = transaction as Transaction;
  return gas === undefined ? rest : { ...rest, gasLimit: gas };
}

async function getLogs(provider: Provider, filter: LogFilter): Promise<unknown> {
  const { address, topics, fromBlock = "latest", toBlock = "latest" } = filter;
  const logs = await provider.getLogs({
    ...(address === undefined ? {} : { address }),
    ...(topics === undefined ? {} : { topics }),
    fromBlock,
    toBlock,
  });
  return logs.map(rpcLog);
}

function rpcLog(log: TransactionReceipt["logs"][number]): unknown {
  return {
    address: log.address,
    topics: log.topics,
    data: log.data,
    blockHash: log.blockHash,
    blockNumber: quantity(log.blockNumber),
    logIndex: quantity(log.index),
    transactionHash: log.transactionHash,
    transactionIndex: quantity(log.transactionIndex),
    removed: log.removed,
  };
}

function rpcBlock(block: Block | null): unknown {
  if (block === null) return null;
  const { hash, parentHash, miner, extraData, nonce, baseFeePerGas, transactions } = block;
  return {
    ...{ hash, parentHash, miner, extraData, nonce, transactions },
    number: quantity(block.number),
    timestamp: quantity(block.timestamp),
    gasLimit: quantity(block.gasLimit),
    gasUsed: quantity(block.gasUsed),
    baseFeePerGas: baseFeePerGas === null ? null : quantity(baseFeePerGas),
  };
}

function rpcReceipt(receipt: TransactionReceipt | null): unknown {
  if (receipt === null) return null;
  const { hash, from, to, contractAddress, blockHash, logsBloom, status, logs } = receipt;
  return {
    ...{ transactionHash: hash, from, to, contractAddress, blockHash, logsBloom },
    blockNumber: quantity(receipt.blockNumber),
    transactionIndex: quantity(receipt.index),
    gasUsed: quantity(receipt.gasUsed),
    cumulativeGasUsed: quantity(receipt.cumulativeGasUsed),
    effectiveGasPrice: quantity(receipt.gasPrice),
    type: quantity(receipt.type),
    status: status === null ? null : quantity(status),
    logs: logs.map(rpcLog),
  };
}
