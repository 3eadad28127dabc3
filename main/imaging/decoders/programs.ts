/** Loads the decoders that are WebAssembly, and throws them away when they are broken or grew large. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type GuardedMemory, guardMemory, OutOfMemory } from './memory.ts';
import { UnpackError } from './types.ts';

/** A program that grew over this is started anew: WebAssembly never gives memory back. */
const KEPT_BYTES = 160_000_000;

/** What Emscripten's loaders take. */
export type LoaderOptions = {
  readonly noInitialRun: boolean;
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ) => WebAssembly.Exports;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
};

export type ProgramFiles<Module> = {
  /** Where the WebAssembly lies, as a URL. */
  readonly wasm: () => string;
  /** Loads the package's own loader and runs it. */
  readonly load: (options: LoaderOptions) => Promise<Module>;
};

export type Program<Module> = {
  /**
   * Runs `use` with the program and what it printed so far; whatever goes wrong in it becomes an `UnpackError`, or `OutOfMemory`
   * where the limit was the reason.
   */
  run<Result>(use: (module: Module, said: () => string) => Result): Promise<Result>;
};

type Running<Module> = { readonly module: Module; readonly guarded: GuardedMemory };

/** A program that is compiled at its first use. */
export function createProgram<Module>(files: ProgramFiles<Module>): Program<Module> {
  let compiled: WebAssembly.Module | null = null;
  let running: Running<Module> | null = null;
  let lastWords = '';

  const start = async (): Promise<Running<Module>> => {
    compiled ??= new WebAssembly.Module(readFileSync(fileURLToPath(files.wasm())));
    const wasm = compiled;
    let guarded: GuardedMemory | null = null;
    const say = (line: string): void => {
      // What follows a complaint is mostly about something else.
      if (line.trim() !== '' && !/^\[?INFO/i.test(line)) lastWords = line;
    };
    const module = await files.load({
      noInitialRun: true,
      instantiateWasm(imports, done) {
        const instance = new WebAssembly.Instance(wasm, imports);
        const memory = Object.values(instance.exports).find(
          (one) => one instanceof WebAssembly.Memory,
        );
        if (memory) guarded = guardMemory(memory);
        done(instance);
        return instance.exports;
      },
      print: say,
      printErr: say,
    });
    if (guarded === null) throw new Error(`${files.wasm()} has no memory of its own`);
    return { module, guarded };
  };

  return {
    async run(use) {
      running ??= await start();
      const { module, guarded } = running;
      lastWords = '';
      try {
        return use(module, () => lastWords);
      } catch (error) {
        if (error instanceof OutOfMemory) throw error;
        if (guarded.takeRefusal()) throw new OutOfMemory('The decoder was refused more memory.');
        if (error instanceof UnpackError) throw error;
        // Whatever it was, the program may be broken by it.
        running = null;
        throw new UnpackError('damaged', causeOf(error, lastWords));
      } finally {
        guarded.takeRefusal();
        if (guarded.memory.buffer.byteLength > KEPT_BYTES) running = null;
      }
    },
  };
}

/** C++ exceptions arrive as numbers: what was printed last tells more. */
function causeOf(error: unknown, lastWords: string): string {
  const said = lastWords.replace(/^\[?ERROR\]?:?\s*/i, '').trim();
  if (said !== '') return said.slice(0, 200);
  return error instanceof Error ? error.message.slice(0, 200) : 'the decoder gave up';
}
