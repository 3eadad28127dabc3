import type { ServiceId } from '../../../shared/services.ts';
import type { ServiceAdapter } from '../types.ts';
import { huaweiTagging } from './huaweiTagging.ts';
import { tencentClassify } from './tencentClassify.ts';
import { tencentPorn } from './tencentPorn.ts';
import { tencentTag } from './tencentTag.ts';
import { tencentTerrorism } from './tencentTerrorism.ts';

/** Every cloud service, written out. */
export const ADAPTERS: Readonly<Record<ServiceId, ServiceAdapter>> = {
  'tencent-tag': tencentTag,
  'tencent-classify': tencentClassify,
  'huawei-tagging': huaweiTagging,
  'tencent-terrorism': tencentTerrorism,
  'tencent-porn': tencentPorn,
};
