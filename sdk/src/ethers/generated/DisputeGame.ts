// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, EventFragment, AddressLike, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedLogDescription, TypedListener, TypedContractMethod } from "./common.ts"

    export type GamePositionStruct = {operator: AddressLike, challenger: AddressLike, index: BigNumberish, operatorNode: BytesLike, challengerNode: BytesLike, defence: BytesLike}

    export type GamePositionStructOutput = [operator: string, challenger: string, index: bigint, operatorNode: string, challengerNode: string, defence: string] & {operator: string, challenger: string, index: bigint, operatorNode: string, challengerNode: string, defence: string }


    export type ContradictionStruct = {index: BigNumberish, place: BigNumberish, word: BytesLike, siblings: BytesLike[], proof: BytesLike}

    export type ContradictionStructOutput = [index: bigint, place: bigint, word: string, siblings: string[], proof: string] & {index: bigint, place: bigint, word: string, siblings: string[], proof: string }


    export type GameStruct = {requestId: BytesLike, challenger: AddressLike, phase: BigNumberish, outcome: BigNumberish, turn: BigNumberish, level: BigNumberish, turnStartedAt: BigNumberish, sequence: BigNumberish, operatorUsed: BigNumberish, challengerUsed: BigNumberish}

    export type GameStructOutput = [requestId: string, challenger: string, phase: bigint, outcome: bigint, turn: bigint, level: bigint, turnStartedAt: bigint, sequence: bigint, operatorUsed: bigint, challengerUsed: bigint] & {requestId: string, challenger: string, phase: bigint, outcome: bigint, turn: bigint, level: bigint, turnStartedAt: bigint, sequence: bigint, operatorUsed: bigint, challengerUsed: bigint }


  export interface DisputeGameInterface extends Interface {
    getFunction(nameOrSignature: "answer" | "canMove" | "canTimeout" | "claimRefund" | "claimReward" | "convict" | "defenceOf" | "demandInput" | "gameIdOf" | "gameOf" | "hub" | "open" | "openingHash" | "publishInput" | "quit" | "referee" | "remainingOf" | "reveal" | "stateHash" | "step" | "timeout" | "vault"): FunctionFragment;

    getEvent(nameOrSignatureOrTopic: "GameAnswered" | "GameConvicted" | "GameDemanded" | "GameEnded" | "GameOpened" | "GameRefundClaimed" | "GameRevealed" | "GameRewardClaimed" | "GameStepped"): EventFragment;

    encodeFunctionData(functionFragment: 'answer', values: [BytesLike, GamePositionStruct, BytesLike[], BytesLike[], BytesLike[]]): string;
encodeFunctionData(functionFragment: 'canMove', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'canTimeout', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'claimRefund', values: [BytesLike, AddressLike[]]): string;
encodeFunctionData(functionFragment: 'claimReward', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'convict', values: [BytesLike, GamePositionStruct, ContradictionStruct]): string;
encodeFunctionData(functionFragment: 'defenceOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'demandInput', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'gameIdOf', values: [BytesLike, AddressLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'gameOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'hub', values?: undefined): string;
encodeFunctionData(functionFragment: 'open', values: [BytesLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'openingHash', values: [BytesLike, AddressLike, BytesLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'publishInput', values: [BytesLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'quit', values: [BytesLike, GamePositionStruct]): string;
encodeFunctionData(functionFragment: 'referee', values?: undefined): string;
encodeFunctionData(functionFragment: 'remainingOf', values: [BytesLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'reveal', values: [BytesLike, BytesLike, BytesLike, BytesLike, BytesLike[], BytesLike[]]): string;
encodeFunctionData(functionFragment: 'stateHash', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'step', values: [BytesLike, GamePositionStruct, BytesLike]): string;
encodeFunctionData(functionFragment: 'timeout', values: [BytesLike, GamePositionStruct]): string;
encodeFunctionData(functionFragment: 'vault', values?: undefined): string;

    decodeFunctionResult(functionFragment: 'answer', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'canMove', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'canTimeout', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'claimRefund', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'claimReward', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'convict', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'defenceOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'demandInput', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'gameIdOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'gameOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'hub', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'open', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'openingHash', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'publishInput', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'quit', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'referee', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'remainingOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'reveal', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'stateHash', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'step', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'timeout', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'vault', data: BytesLike): Result;
  }


    export declare namespace GameAnsweredEvent {
      export type InputTuple = [gameId: BytesLike, side: BigNumberish, mover: AddressLike, level: BigNumberish, index: BigNumberish, operatorNode: BytesLike, challengerNode: BytesLike, moverChildren: BytesLike[], moverGrandchildren: BytesLike[]];
      export type OutputTuple = [gameId: string, side: bigint, mover: string, level: bigint, index: bigint, operatorNode: string, challengerNode: string, moverChildren: string[], moverGrandchildren: string[]];
      export interface OutputObject {gameId: string, side: bigint, mover: string, level: bigint, index: bigint, operatorNode: string, challengerNode: string, moverChildren: string[], moverGrandchildren: string[] }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace GameConvictedEvent {
      export type InputTuple = [gameId: BytesLike, mover: AddressLike, step: BigNumberish, byteOffset: BigNumberish, size: BigNumberish, claimed: BigNumberish, truth: BigNumberish];
      export type OutputTuple = [gameId: string, mover: string, step: bigint, byteOffset: bigint, size: bigint, claimed: bigint, truth: bigint];
      export interface OutputObject {gameId: string, mover: string, step: bigint, byteOffset: bigint, size: bigint, claimed: bigint, truth: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace GameDemandedEvent {
      export type InputTuple = [gameId: BytesLike, requestId: BytesLike, challenger: AddressLike];
      export type OutputTuple = [gameId: string, requestId: string, challenger: string];
      export interface OutputObject {gameId: string, requestId: string, challenger: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace GameEndedEvent {
      export type InputTuple = [gameId: BytesLike, requestId: BytesLike, outcome: BigNumberish, mover: AddressLike];
      export type OutputTuple = [gameId: string, requestId: string, outcome: bigint, mover: string];
      export interface OutputObject {gameId: string, requestId: string, outcome: bigint, mover: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace GameOpenedEvent {
      export type InputTuple = [gameId: BytesLike, requestId: BytesLike, challenger: AddressLike, openingHash: BytesLike];
      export type OutputTuple = [gameId: string, requestId: string, challenger: string, openingHash: string];
      export interface OutputObject {gameId: string, requestId: string, challenger: string, openingHash: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace GameRefundClaimedEvent {
      export type InputTuple = [gameId: BytesLike, mover: AddressLike, amount: BigNumberish];
      export type OutputTuple = [gameId: string, mover: string, amount: bigint];
      export interface OutputObject {gameId: string, mover: string, amount: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace GameRevealedEvent {
      export type InputTuple = [gameId: BytesLike, traceRoot: BytesLike, outputRoot: BytesLike, children: BytesLike[]];
      export type OutputTuple = [gameId: string, traceRoot: string, outputRoot: string, children: string[]];
      export interface OutputObject {gameId: string, traceRoot: string, outputRoot: string, children: string[] }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace GameRewardClaimedEvent {
      export type InputTuple = [gameId: BytesLike, challenger: AddressLike, amount: BigNumberish];
      export type OutputTuple = [gameId: string, challenger: string, amount: bigint];
      export interface OutputObject {gameId: string, challenger: string, amount: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace GameSteppedEvent {
      export type InputTuple = [gameId: BytesLike, mover: AddressLike, step: BigNumberish, byteOffset: BigNumberish, size: BigNumberish, operatorValue: BigNumberish, challengerValue: BigNumberish, truth: BigNumberish];
      export type OutputTuple = [gameId: string, mover: string, step: bigint, byteOffset: bigint, size: bigint, operatorValue: bigint, challengerValue: bigint, truth: bigint];
      export interface OutputObject {gameId: string, mover: string, step: bigint, byteOffset: bigint, size: bigint, operatorValue: bigint, challengerValue: bigint, truth: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



  export interface DisputeGame extends BaseContract {

    connect(runner?: ContractRunner | null): DisputeGame;
    waitForDeployment(): Promise<this>;

    interface: DisputeGameInterface;


  queryFilter<TCEvent extends TypedContractEvent>(
    event: TCEvent,
    fromBlockOrBlockhash?: string | number | undefined,
    toBlock?: string | number | undefined,
  ): Promise<Array<TypedEventLog<TCEvent>>>
  queryFilter<TCEvent extends TypedContractEvent>(
    filter: TypedDeferredTopicFilter<TCEvent>,
    fromBlockOrBlockhash?: string | number | undefined,
    toBlock?: string | number | undefined
  ): Promise<Array<TypedEventLog<TCEvent>>>;

  on<TCEvent extends TypedContractEvent>(event: TCEvent, listener: TypedListener<TCEvent>): Promise<this>
  on<TCEvent extends TypedContractEvent>(filter: TypedDeferredTopicFilter<TCEvent>, listener: TypedListener<TCEvent>): Promise<this>

  once<TCEvent extends TypedContractEvent>(event: TCEvent, listener: TypedListener<TCEvent>): Promise<this>
  once<TCEvent extends TypedContractEvent>(filter: TypedDeferredTopicFilter<TCEvent>, listener: TypedListener<TCEvent>): Promise<this>

  listeners<TCEvent extends TypedContractEvent>(
    event: TCEvent
  ): Promise<Array<TypedListener<TCEvent>>>;
  listeners(eventName?: string): Promise<Array<Listener>>
  removeAllListeners<TCEvent extends TypedContractEvent>(event?: TCEvent): Promise<this>




    answer: TypedContractMethod<
      [gameId: BytesLike, position: GamePositionStruct, moverChildren: BytesLike[], otherChildren: BytesLike[], moverGrandchildren: BytesLike[], ],
      [void],
      'nonpayable'
    >



    canMove: TypedContractMethod<
      [gameId: BytesLike, ],
      [boolean],
      'view'
    >



    canTimeout: TypedContractMethod<
      [gameId: BytesLike, ],
      [boolean],
      'view'
    >



    claimRefund: TypedContractMethod<
      [gameId: BytesLike, movers: AddressLike[], ],
      [bigint],
      'nonpayable'
    >



    claimReward: TypedContractMethod<
      [gameId: BytesLike, ],
      [bigint],
      'nonpayable'
    >



    convict: TypedContractMethod<
      [gameId: BytesLike, position: GamePositionStruct, contradiction: ContradictionStruct, ],
      [void],
      'nonpayable'
    >



    defenceOf: TypedContractMethod<
      [gameId: BytesLike, ],
      [string],
      'view'
    >



    demandInput: TypedContractMethod<
      [requestId: BytesLike, ],
      [string],
      'nonpayable'
    >



    gameIdOf: TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, openingHash_: BytesLike, ],
      [string],
      'view'
    >



    gameOf: TypedContractMethod<
      [gameId: BytesLike, ],
      [GameStructOutput],
      'view'
    >



    hub: TypedContractMethod<
      [],
      [string],
      'view'
    >



    open: TypedContractMethod<
      [requestId: BytesLike, openingHash_: BytesLike, ],
      [string],
      'nonpayable'
    >



    openingHash: TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, traceRoot: BytesLike, salt: BytesLike, ],
      [string],
      'view'
    >



    publishInput: TypedContractMethod<
      [gameId: BytesLike, input: BytesLike, ],
      [void],
      'nonpayable'
    >



    quit: TypedContractMethod<
      [gameId: BytesLike, position: GamePositionStruct, ],
      [void],
      'nonpayable'
    >



    referee: TypedContractMethod<
      [],
      [string],
      'view'
    >



    remainingOf: TypedContractMethod<
      [gameId: BytesLike, side: BigNumberish, ],
      [bigint],
      'view'
    >



    reveal: TypedContractMethod<
      [gameId: BytesLike, traceRoot: BytesLike, salt: BytesLike, outputRoot: BytesLike, outputProof: BytesLike[], children: BytesLike[], ],
      [void],
      'nonpayable'
    >



    stateHash: TypedContractMethod<
      [gameId: BytesLike, ],
      [string],
      'view'
    >



    step: TypedContractMethod<
      [gameId: BytesLike, position: GamePositionStruct, proof: BytesLike, ],
      [void],
      'nonpayable'
    >



    timeout: TypedContractMethod<
      [gameId: BytesLike, position: GamePositionStruct, ],
      [void],
      'nonpayable'
    >



    vault: TypedContractMethod<
      [],
      [string],
      'view'
    >



    getFunction<T extends ContractMethod = ContractMethod>(key: string | FunctionFragment): T;

    getFunction(nameOrSignature: 'answer'): TypedContractMethod<
      [gameId: BytesLike, position: GamePositionStruct, moverChildren: BytesLike[], otherChildren: BytesLike[], moverGrandchildren: BytesLike[], ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'canMove'): TypedContractMethod<
      [gameId: BytesLike, ],
      [boolean],
      'view'
    >;
getFunction(nameOrSignature: 'canTimeout'): TypedContractMethod<
      [gameId: BytesLike, ],
      [boolean],
      'view'
    >;
getFunction(nameOrSignature: 'claimRefund'): TypedContractMethod<
      [gameId: BytesLike, movers: AddressLike[], ],
      [bigint],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'claimReward'): TypedContractMethod<
      [gameId: BytesLike, ],
      [bigint],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'convict'): TypedContractMethod<
      [gameId: BytesLike, position: GamePositionStruct, contradiction: ContradictionStruct, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'defenceOf'): TypedContractMethod<
      [gameId: BytesLike, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'demandInput'): TypedContractMethod<
      [requestId: BytesLike, ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'gameIdOf'): TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, openingHash_: BytesLike, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'gameOf'): TypedContractMethod<
      [gameId: BytesLike, ],
      [GameStructOutput],
      'view'
    >;
getFunction(nameOrSignature: 'hub'): TypedContractMethod<
      [],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'open'): TypedContractMethod<
      [requestId: BytesLike, openingHash_: BytesLike, ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'openingHash'): TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, traceRoot: BytesLike, salt: BytesLike, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'publishInput'): TypedContractMethod<
      [gameId: BytesLike, input: BytesLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'quit'): TypedContractMethod<
      [gameId: BytesLike, position: GamePositionStruct, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'referee'): TypedContractMethod<
      [],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'remainingOf'): TypedContractMethod<
      [gameId: BytesLike, side: BigNumberish, ],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'reveal'): TypedContractMethod<
      [gameId: BytesLike, traceRoot: BytesLike, salt: BytesLike, outputRoot: BytesLike, outputProof: BytesLike[], children: BytesLike[], ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'stateHash'): TypedContractMethod<
      [gameId: BytesLike, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'step'): TypedContractMethod<
      [gameId: BytesLike, position: GamePositionStruct, proof: BytesLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'timeout'): TypedContractMethod<
      [gameId: BytesLike, position: GamePositionStruct, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'vault'): TypedContractMethod<
      [],
      [string],
      'view'
    >;

    getEvent(key: 'GameAnswered'): TypedContractEvent<GameAnsweredEvent.InputTuple, GameAnsweredEvent.OutputTuple, GameAnsweredEvent.OutputObject>;
getEvent(key: 'GameConvicted'): TypedContractEvent<GameConvictedEvent.InputTuple, GameConvictedEvent.OutputTuple, GameConvictedEvent.OutputObject>;
getEvent(key: 'GameDemanded'): TypedContractEvent<GameDemandedEvent.InputTuple, GameDemandedEvent.OutputTuple, GameDemandedEvent.OutputObject>;
getEvent(key: 'GameEnded'): TypedContractEvent<GameEndedEvent.InputTuple, GameEndedEvent.OutputTuple, GameEndedEvent.OutputObject>;
getEvent(key: 'GameOpened'): TypedContractEvent<GameOpenedEvent.InputTuple, GameOpenedEvent.OutputTuple, GameOpenedEvent.OutputObject>;
getEvent(key: 'GameRefundClaimed'): TypedContractEvent<GameRefundClaimedEvent.InputTuple, GameRefundClaimedEvent.OutputTuple, GameRefundClaimedEvent.OutputObject>;
getEvent(key: 'GameRevealed'): TypedContractEvent<GameRevealedEvent.InputTuple, GameRevealedEvent.OutputTuple, GameRevealedEvent.OutputObject>;
getEvent(key: 'GameRewardClaimed'): TypedContractEvent<GameRewardClaimedEvent.InputTuple, GameRewardClaimedEvent.OutputTuple, GameRewardClaimedEvent.OutputObject>;
getEvent(key: 'GameStepped'): TypedContractEvent<GameSteppedEvent.InputTuple, GameSteppedEvent.OutputTuple, GameSteppedEvent.OutputObject>;

    filters: {

      'GameAnswered(bytes32,uint8,address,uint8,uint64,bytes32,bytes32,bytes32[],bytes32[])': TypedContractEvent<GameAnsweredEvent.InputTuple, GameAnsweredEvent.OutputTuple, GameAnsweredEvent.OutputObject>;
      GameAnswered: TypedContractEvent<GameAnsweredEvent.InputTuple, GameAnsweredEvent.OutputTuple, GameAnsweredEvent.OutputObject>;


      'GameConvicted(bytes32,address,uint256,uint256,uint256,uint32,uint32)': TypedContractEvent<GameConvictedEvent.InputTuple, GameConvictedEvent.OutputTuple, GameConvictedEvent.OutputObject>;
      GameConvicted: TypedContractEvent<GameConvictedEvent.InputTuple, GameConvictedEvent.OutputTuple, GameConvictedEvent.OutputObject>;


      'GameDemanded(bytes32,bytes32,address)': TypedContractEvent<GameDemandedEvent.InputTuple, GameDemandedEvent.OutputTuple, GameDemandedEvent.OutputObject>;
      GameDemanded: TypedContractEvent<GameDemandedEvent.InputTuple, GameDemandedEvent.OutputTuple, GameDemandedEvent.OutputObject>;


      'GameEnded(bytes32,bytes32,uint8,address)': TypedContractEvent<GameEndedEvent.InputTuple, GameEndedEvent.OutputTuple, GameEndedEvent.OutputObject>;
      GameEnded: TypedContractEvent<GameEndedEvent.InputTuple, GameEndedEvent.OutputTuple, GameEndedEvent.OutputObject>;


      'GameOpened(bytes32,bytes32,address,bytes32)': TypedContractEvent<GameOpenedEvent.InputTuple, GameOpenedEvent.OutputTuple, GameOpenedEvent.OutputObject>;
      GameOpened: TypedContractEvent<GameOpenedEvent.InputTuple, GameOpenedEvent.OutputTuple, GameOpenedEvent.OutputObject>;


      'GameRefundClaimed(bytes32,address,uint256)': TypedContractEvent<GameRefundClaimedEvent.InputTuple, GameRefundClaimedEvent.OutputTuple, GameRefundClaimedEvent.OutputObject>;
      GameRefundClaimed: TypedContractEvent<GameRefundClaimedEvent.InputTuple, GameRefundClaimedEvent.OutputTuple, GameRefundClaimedEvent.OutputObject>;


      'GameRevealed(bytes32,bytes32,bytes32,bytes32[])': TypedContractEvent<GameRevealedEvent.InputTuple, GameRevealedEvent.OutputTuple, GameRevealedEvent.OutputObject>;
      GameRevealed: TypedContractEvent<GameRevealedEvent.InputTuple, GameRevealedEvent.OutputTuple, GameRevealedEvent.OutputObject>;


      'GameRewardClaimed(bytes32,address,uint256)': TypedContractEvent<GameRewardClaimedEvent.InputTuple, GameRewardClaimedEvent.OutputTuple, GameRewardClaimedEvent.OutputObject>;
      GameRewardClaimed: TypedContractEvent<GameRewardClaimedEvent.InputTuple, GameRewardClaimedEvent.OutputTuple, GameRewardClaimedEvent.OutputObject>;


      'GameStepped(bytes32,address,uint256,uint256,uint256,uint32,uint32,uint32)': TypedContractEvent<GameSteppedEvent.InputTuple, GameSteppedEvent.OutputTuple, GameSteppedEvent.OutputObject>;
      GameStepped: TypedContractEvent<GameSteppedEvent.InputTuple, GameSteppedEvent.OutputTuple, GameSteppedEvent.OutputObject>;

    };
  }
