/** The part of the contract that is about cloud services: setting them up, asking them, and what it cost. */
import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import {
  type LaneState,
  type LinkSuggestion,
  SERVICE_IDS,
  type SecretProtection,
  type ServiceInfo,
  type ServiceTest,
  type TagChange,
  type TagEstimate,
  type TaggedPhoto,
  type TaggingProblem,
  type TagSummary,
  type Upload,
  type UploadTotal,
} from './services.ts';

const serviceId = z.enum(SERVICE_IDS);
const threshold = z.number().int().min(0).max(100);
/** Which photos an action is for: named ones, or all that a query finds. */
const target = z.union([
  z.object({ photoIds: z.array(z.number().int().positive()).max(1_000_000) }),
  z.object({ query: z.string().max(20_000), threshold: threshold.default(0) }),
]);
/**
 * Service settings of the caller's environment, `TAGROLL_…` variables only: they win over stored ones
 * for this call, and nothing of them is stored or logged.
 */
const environment = z.record(z.string().max(100), z.string().max(2000)).optional();
const page = {
  limit: z.number().int().min(0).max(1_000_000).default(200),
  offset: z.number().int().min(0).default(0),
};

export const servicesContract = {
  list: oc
    .input(z.object({ environment }))
    .output(type<{ services: ServiceInfo[]; protection: SecretProtection }>()),
  /** Stores fields of an account; null takes a value away. Secret fields go to the secret store. */
  setAccount: oc
    .input(
      z.object({
        account: z.enum(['tencent', 'huawei']),
        values: z.record(z.string().max(100), z.string().max(2000).nullable()),
      }),
    )
    .output(type<void>()),
  /** One real call with a built-in picture: it is booked like any other. */
  test: oc.input(z.object({ id: serviceId, environment })).output(type<ServiceTest>()),
};

export const taggingContract = {
  /** What a run would send and cost. Nothing is sent. */
  estimate: oc
    .input(
      z.object({
        service: serviceId,
        target,
        again: z.boolean().default(false),
        limit: z.number().int().min(0).optional(),
        maxCalls: z.number().int().min(0).optional(),
        environment,
      }),
    )
    .output(type<TagEstimate>()),
  /** Queues photos for a service; `runId` is null when there is nothing to ask. */
  start: oc
    .input(
      z.object({
        service: serviceId,
        target,
        /** Also photos that were answered for before. */
        again: z.boolean().default(false),
        /** Most photos. */
        limit: z.number().int().min(0).optional(),
        /** Most calls of this run. */
        maxCalls: z.number().int().min(0).optional(),
        environment,
      }),
    )
    .output(type<{ runId: number | null; considered: number; alreadyKnown: number }>()),
  /** Resolves when the run is over, or its service stopped. Ending the call leaves the run waiting. */
  wait: oc.input(z.object({ runId: z.number().int() })).output(type<TagSummary>()),
  status: oc.output(type<{ lanes: LaneState[] }>()),
  pause: oc.input(z.object({ service: serviceId })).output(type<void>()),
  /** Goes on after a pause, or after the reason of a stop was dealt with. */
  resume: oc.input(z.object({ service: serviceId })).output(type<void>()),
  /** Drops what waits; calls under way are finished. */
  cancel: oc.input(z.object({ service: serviceId })).output(type<{ photos: number }>()),
  problems: oc.output(type<{ problems: TaggingProblem[] }>()),
  /** Tries photos again that a service could not tag: all of a service, or of one reason. */
  retry: oc
    .input(z.object({ service: serviceId, code: z.string().max(200).optional() }))
    .output(type<{ photos: number }>()),
  /** The newest answers. */
  recent: oc
    .input(z.object({ service: serviceId, limit: z.number().int().min(1).max(100).default(20) }))
    .output(type<{ photos: TaggedPhoto[] }>()),
  /** What left this computer, newest first. */
  uploads: oc
    .input(
      z.object({
        ...page,
        service: serviceId.optional(),
        photoId: z.number().int().optional(),
        query: z.string().max(20_000).optional(),
      }),
    )
    .output(type<{ total: number; uploads: Upload[] }>()),
  /** The sums of what left this computer, by service and currency. */
  uploadTotals: oc.output(type<{ totals: UploadTotal[] }>()),
  /** What a run changed on photos that were tagged before, and how to take it back. */
  changes: oc
    .input(z.object({ runId: z.number().int(), ...page }))
    .output(type<{ total: number; changes: TagChange[]; undo: number | null }>()),
  /** Runs that tagged photos again, newest first. */
  runs: oc.input(z.object({ limit: z.number().int().min(1).max(200).default(20) })).output(
    type<{
      runs: {
        id: number;
        service: string;
        startedAtMs: number;
        photosTagged: number;
        photosChanged: number;
        calls: number;
        undo: number | null;
      }[];
    }>(),
  ),
  /** Nothing of this folder and below is ever uploaded. */
  setNeverUpload: oc
    .input(z.object({ folderId: z.number().int(), never: z.boolean() }))
    .output(type<void>()),
};

export const linksContract = {
  /** Pairs of names that may be one tag. */
  suggestions: oc.output(type<{ suggestions: LinkSuggestion[] }>()),
  /** Two tags become one with both names. */
  link: oc
    .input(z.object({ zhTagId: z.number().int(), enTagId: z.number().int() }))
    .output(type<{ tagId: number }>()),
  /** A tag with two names becomes two. */
  unlink: oc
    .input(z.object({ tagId: z.number().int() }))
    .output(type<{ zhTagId: number; enTagId: number }>()),
  /** The person says that this pair is not one tag: it is not offered again. */
  dismiss: oc
    .input(z.object({ zhTagId: z.number().int(), enTagId: z.number().int() }))
    .output(type<void>()),
};
