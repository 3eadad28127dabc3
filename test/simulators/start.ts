/** Both simulators together. */
import { type HuaweiOptions, type HuaweiSimulator, startHuawei } from './huawei.ts';
import { startTencent, type TencentOptions, type TencentSimulator } from './tencent.ts';

export type Simulators = {
  readonly tencent: TencentSimulator;
  readonly huawei: HuaweiSimulator;
  /** Variables that lead Tagroll to both, with keys and not with tokens. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
};

/** Starts all five services on 127.0.0.1, on free ports unless ports are given. */
export async function startSimulators(
  options: { readonly tencent?: TencentOptions; readonly huawei?: HuaweiOptions } = {},
): Promise<Simulators> {
  const tencent = await startTencent(options.tencent);
  try {
    const huawei = await startHuawei(options.huawei);
    return {
      tencent,
      huawei,
      environment: { ...tencent.environment, ...huawei.environment },
      async close() {
        await Promise.all([tencent.close(), huawei.close()]);
      },
    };
  } catch (error) {
    await tencent.close();
    throw error;
  }
}
